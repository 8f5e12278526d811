// Calls Surety with the JavaScript SDK that Arm published for Pelion, as an application of those days would, and prints a line of JSON for each call:
// {"call": ..., "value": ...} or {"call": ..., "error": ...}. Usage: node calls.js URL KEY
const { AccountManagementApi, BootstrapApi, CertificatesApi, ConnectApi, DeviceDirectoryApi, EnrollmentApi, SDK } = require("mbed-cloud-sdk");

const [, , host, apiKey] = process.argv;
const config = { host, apiKey };
const seconds = 1000;

async function call(name, action) {
  try {
    const value = await action();
    console.log(JSON.stringify({ call: name, value: value ?? null }, (key, inner) => (key.startsWith("_") || key === "api" ? undefined : inner)));
    return value;
  } catch (error) {
    console.log(JSON.stringify({ call: name, error: String(error.message ?? JSON.stringify(error)) }));
    return undefined;
  }
}

async function count(list) {
  let found = 0;
  for await (const _ of list) found++;
  return found;
}

async function legacy() {
  const directory = new DeviceDirectoryApi(config);
  const devices = await call("listDevices", () => directory.listDevices({ filter: { state: "registered" }, order: "DESC", include: ["totalCount"] }));
  const light = devices.data.find((device) => device.alias === "demo-light");
  const id = light.id;
  await call("getDevice", () => directory.getDevice(id));
  await call("updateDevice", () => directory.updateDevice({ id, name: "renamed", customAttributes: { floor: "second" } }));
  await call("listDevices by attribute", () => directory.listDevices({ filter: { customAttributes: { floor: "second" } } }));
  const added = await call("addDevice", () => directory.addDevice({ name: "added" }));
  await call("deleteDevice", () => directory.deleteDevice(added.id));
  await call("listDeviceEvents", () => directory.listDeviceEvents({ limit: 2, order: "DESC" }));

  const connect = new ConnectApi(config);
  await call("listConnectedDevices", () => connect.listConnectedDevices({}));
  await call("listResources", () => connect.listResources(id));
  await call("startNotifications", () => connect.startNotifications({ interval: 200 }));
  await call("getResourceValue", () => connect.getResourceValue(id, "/3/0/0", 20 * seconds));
  await call("setResourceValue", () => connect.setResourceValue(id, "/3311/0/5850", 1, 20 * seconds));
  await call("getResourceValue after setResourceValue", () => connect.getResourceValue(id, "/3311/0/5850", 20 * seconds));
  await call("executeResource of none", () => connect.executeResource(id, "/3/0/99", undefined, 20 * seconds));
  const changes = [];
  await call("addResourceSubscription", () =>
    Promise.race([connect.addResourceSubscription(id, "/3311/0/5851", (_, value) => changes.push(value)), new Promise((resolve) => setTimeout(resolve, 3 * seconds))]));
  await call("getResourceSubscription", () => connect.getResourceSubscription(id, "/3311/0/5851"));
  await call("setResourceValue of what is observed", () => connect.setResourceValue(id, "/3311/0/5851", 40, 20 * seconds));
  await call("listDeviceSubscriptions", () => connect.listDeviceSubscriptions(id));
  for (let waited = 0; changes.length === 0 && waited < 20 * seconds; waited += 100) await new Promise((resolve) => setTimeout(resolve, 100));
  await call("notifications", async () => changes);
  await call("updatePresubscriptions", () => connect.updatePresubscriptions([{ deviceId: "*", resourcePaths: ["/3/0/0"] }]));
  await call("listPresubscriptions", () => connect.listPresubscriptions());
  await call("deletePresubscriptions", () => connect.deletePresubscriptions());
  await call("deleteSubscriptions", () => connect.deleteDeviceSubscriptions(id));
  await call("stopNotifications", () => connect.stopNotifications());

  const accounts = new AccountManagementApi(config);
  await call("getAccount", () => accounts.getAccount());
  await call("listApiKeys", () => accounts.listApiKeys({}));
  const key = await call("addApiKey", () => accounts.addApiKey({ name: "made" }));
  await call("updateApiKey", () => accounts.updateApiKey({ id: key.id, name: "renamed" }));
  await call("deleteApiKey", () => accounts.deleteApiKey(key.id));
  const user = await call("addUser", () => accounts.addUser({ email: "ada@example.com", username: "ada.l" }));
  await call("updateUser", () => accounts.updateUser({ id: user.id, fullName: "Ada" }));
  await call("listUsers", () => accounts.listUsers({ filter: { email: "ada@example.com" } }));
  await call("deleteUser", () => accounts.deleteUser(user.id));

  const certificates = new CertificatesApi(config);
  await call("listCertificates", () => certificates.listCertificates({}));
  const developer = await call("addDeveloperCertificate", () => certificates.addDeveloperCertificate({ name: "developer" }));
  await call("getCertificate", () => certificates.getCertificate(developer.id));
  await call("deleteCertificate", () => certificates.deleteCertificate(developer.id));

  const enrollments = new EnrollmentApi(config);
  const claim = await call("addEnrollmentClaim", () => enrollments.addEnrollmentClaim({ claimId: "A-" + Array(32).fill("AB").join(":") }));
  await call("listEnrollmentClaims", () => enrollments.listEnrollmentClaims({}));
  await call("deleteEnrollmentClaim", () => enrollments.deleteEnrollmentClaim(claim.id));

  const bootstrap = new BootstrapApi(config);
  const endpointName = "an-endpoint-of-16-or-more";
  await call("addPsk", () => bootstrap.addPsk({ endpointName, secretHex: "4a".repeat(16) }));
  await call("listPsks", () => bootstrap.listPsks({}));
  await call("getPsk", () => bootstrap.getPsk(endpointName));
  await call("deletePsk", () => bootstrap.deletePsk(endpointName));
}

async function foundation() {
  const sdk = new SDK(config);
  // The SDK puts https:// before hosts that have another scheme.
  sdk.config.host = host;
  const of = sdk.foundation();
  await call("Device.list", () => count(of.deviceRepository().list({ filter: { state: { in: ["registered"] } }, maxResults: 10, pageSize: 2 })));
  await call("Account.me", () => of.accountRepository().me());
  await call("User.list", () => count(of.userRepository().list()));
  await call("ApiKey.me", () => of.apiKeyRepository().me());
  await call("TrustedCertificate.list", () => count(of.trustedCertificateRepository().list()));
  await call("ServerCredentials.getLwm2m", () => of.serverCredentialsRepository().getLwm2m());
  await call("ServerCredentials.getBootstrap", () => of.serverCredentialsRepository().getBootstrap());
  await call("DeviceEnrollment.list", () => count(of.deviceEnrollmentRepository().list()));
  await call("DeviceEnrollmentDenial.list", () => count(of.deviceEnrollmentDenialRepository().list()));
  await call("CertificateIssuer.list", () => count(of.certificateIssuerRepository().list()));
  await call("CertificateIssuerConfig.getDefault", () => of.certificateIssuerConfigRepository().getDefault());
  await call("CertificateEnrollment.list", () => count(of.certificateEnrollmentRepository().list()));
  await call("DeviceEvents.list", () => count(of.deviceEventsRepository().list({ maxResults: 3 })));
}

legacy()
  .then(foundation)
  .then(() => process.exit(0));

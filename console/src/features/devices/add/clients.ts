/** The programs that a newcomer's first device may be. */
export const clients = ['simulator', 'csharp', 'anjay', 'wakaama', 'zephyr', 'pelion'] as const;

export type Client = (typeof clients)[number];

/** Those that prove who they are with a key that both sides know; the others have certificates, or are the server's own. */
export type KeyClient = 'anjay' | 'wakaama' | 'zephyr';

export function isKeyClient(client: Client): client is KeyClient {
  return client === 'anjay' || client === 'wakaama' || client === 'zephyr';
}

/** Something to paste. `key` names it in the texts; a `file` has that name. */
export interface Step {
  key: string;
  text: string;
  file?: string;
}

/** What a device with a pre-shared key needs. */
export interface KeyDevice {
  /** `coaps://host:5684`. */
  server: string;
  /** The endpoint name, and the identity of the key. */
  name: string;
  /** Hexadecimal. */
  key: string;
}

/** From building the client to running it, with this server's address and the device's key. */
export function stepsFor(client: KeyClient, { server, name, key }: KeyDevice): Step[] {
  const { host, port } = addressOf(server);
  switch (client) {
    case 'anjay':
      return [
        { key: 'build', text: 'git clone --recurse-submodules https://github.com/AVSystem/Anjay.git\ncd Anjay && cmake . && make -j' },
        { key: 'run', text: `./output/bin/demo --endpoint-name ${quote(name)} --server-uri ${server} \\\n  --security-mode psk --identity ${hex(name)} --key ${key}` },
      ];
    case 'wakaama':
      return [
        { key: 'build', text: 'git clone --recurse-submodules https://github.com/eclipse-wakaama/wakaama.git\ncmake -S wakaama/examples/client/tinydtls -B wakaama-client && cmake --build wakaama-client' },
        { key: 'run', text: `./wakaama-client/lwm2mclient_tinydtls ${host.startsWith('[') ? '' : '-4 '}-n ${quote(name)} -h ${host.replace(/[[\]]/g, '')} -p ${port} \\\n  -i ${quote(name)} -s ${key}` },
      ];
    default:
      return [
        {
          key: 'config', file: 'samples/net/lwm2m_client/overlay-surety.conf',
          text: [`CONFIG_NET_SAMPLE_LWM2M_SERVER="${server}"`, `CONFIG_NET_SAMPLE_LWM2M_ID="${name.replace(/(["\\])/g, '\\$1')}"`, `CONFIG_NET_SAMPLE_LWM2M_PSK="${key}"`, ''].join('\n'),
        },
        { key: 'buildZephyr', text: 'west build -p -b native_sim samples/net/lwm2m_client -- \\\n  -DEXTRA_CONF_FILE="overlay-dtls.conf;overlay-surety.conf"\nwest build -t run' },
      ];
  }
}

/** What a device with a developer certificate needs. */
export interface CertificateDevice {
  /** `coaps://host:5784`. */
  bootstrap: string;
  name: string;
  /** PEM. */
  certificate: string;
  /** PEM. */
  key: string;
  /** PEM of the authority above the server. */
  authority: string;
}

/** The sample of the C# SDK: its files by one paste, and the command. */
export function stepsForSample({ bootstrap, name, certificate, key, authority }: CertificateDevice): Step[] {
  // Beside the sources, not in them: what is in there may be committed.
  const folder = `~/surety-devices/${quote(name.replaceAll('/', '_'))}`;
  const file = (path: string, pem: string): string => `cat > ${folder}/${path} <<'END'\n${pem.trim()}\nEND`;
  const [device, deviceKey, ca, identity] = ['device.pem', 'device.key', 'ca.pem', 'identity'].map((path) => `${folder}/${path}`);
  return [
    { key: 'files', text: [`(umask 077; mkdir -p ${folder}`, file('device.pem', certificate), file('device.key', key), file('ca.pem', authority), ')'].join('\n') },
    { key: 'runSample', text: `dotnet run --project samples/EnrolledDevice -- ${bootstrap} \\\n  ${device} ${deviceKey} \\\n  ${ca} ${identity} ${quote(name)}` },
  ];
}

/** A name for a device that is not there yet; 16 characters at least, which the identity of a key must have. */
export function newName(client: Client): string {
  return `${client}-${randomHex(5)}`;
}

/** Bytes of the browser's random generator. */
export function randomHex(bytes: number): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(bytes)));
}

function addressOf(server: string): { host: string; port: string } {
  const [, host = '', port = '5684'] = /^[a-z+]+:\/\/(\[[^\]]+\]|[^:/?]+)(?::(\d+))?/.exec(server) ?? [];
  return { host, port };
}

function hex(text: string): string {
  return hexOf(new TextEncoder().encode(text));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

// For a POSIX shell: names may have blanks and more.
function quote(text: string): string {
  return /^[\w.:@%+=,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

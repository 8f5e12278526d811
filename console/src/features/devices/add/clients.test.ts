import { describe, expect, it } from 'vitest';
import { clients, isKeyClient, newName, randomHex, stepsFor, stepsForSample } from './clients';

const device = { server: 'coaps://iot.example.com:5684', name: 'meter-0000000001', key: '00112233445566778899aabbccddeeff' };

describe('the commands for a device with a key', () => {
  it('give Anjay identity and key in hexadecimal, as its demo reads them', () => {
    const run = stepsFor('anjay', device).at(-1)!.text;
    expect(run).toContain('--endpoint-name meter-0000000001 --server-uri coaps://iot.example.com:5684');
    expect(run).toContain('--security-mode psk --identity 6d657465722d30303030303030303031 --key 00112233445566778899aabbccddeeff');
  });

  it('give Wakaama host and port apart, and the identity as text', () => {
    const run = stepsFor('wakaama', device).at(-1)!.text;
    expect(run).toContain('-4 -n meter-0000000001 -h iot.example.com -p 5684');
    expect(run).toContain('-i meter-0000000001 -s 00112233445566778899aabbccddeeff');
  });

  it('let Wakaama take IPv6 where the server has such an address', () => {
    const run = stepsFor('wakaama', { ...device, server: 'coaps://[2001:db8::1]:15684' }).at(-1)!.text;
    expect(run).toContain('-n meter-0000000001 -h 2001:db8::1 -p 15684');
    expect(run).not.toContain('-4');
  });

  it('give Zephyr a configuration that lies beside its own', () => {
    const [config, build] = stepsFor('zephyr', device);
    expect(config!.file).toBe('samples/net/lwm2m_client/overlay-surety.conf');
    expect(config!.text.split('\n')).toEqual([
      'CONFIG_NET_SAMPLE_LWM2M_SERVER="coaps://iot.example.com:5684"', 'CONFIG_NET_SAMPLE_LWM2M_ID="meter-0000000001"', 'CONFIG_NET_SAMPLE_LWM2M_PSK="00112233445566778899aabbccddeeff"', '',
    ]);
    expect(build!.text).toContain('overlay-dtls.conf;overlay-surety.conf');
  });

  it('quote names for the shell', () => {
    expect(stepsFor('anjay', { ...device, name: "Ada's meter no. 1" }).at(-1)!.text).toContain("--endpoint-name 'Ada'\\''s meter no. 1'");
  });
});

describe('the commands for the sample of the SDK', () => {
  it('write its files and name the device', () => {
    const [files, run] = stepsForSample({ bootstrap: 'coaps://iot.example.com:5784', name: 'csharp-1', certificate: 'CERT\n', key: 'KEY', authority: 'CA' });
    expect(files!.text).toBe([
      '(umask 077; mkdir -p ~/surety-devices/csharp-1', "cat > ~/surety-devices/csharp-1/device.pem <<'END'", 'CERT', 'END', "cat > ~/surety-devices/csharp-1/device.key <<'END'", 'KEY', 'END',
      "cat > ~/surety-devices/csharp-1/ca.pem <<'END'", 'CA', 'END', ')',
    ].join('\n'));
    expect(run!.text).toContain('samples/EnrolledDevice -- coaps://iot.example.com:5784');
    expect(run!.text).toMatch(/\/csharp-1\/device\.pem \S+\/device\.key \\\n  \S+\/ca\.pem ~\/surety-devices\/csharp-1\/identity csharp-1$/);
  });
});

describe('a new name', () => {
  it.each(clients.filter(isKeyClient))('of %s is long enough for the identity of a key', (client) => {
    expect(newName(client)).toMatch(/^[a-z]+-[0-9a-f]{10}$/);
    expect(newName(client).length).toBeGreaterThanOrEqual(16);
  });

  it('comes from chance', () => {
    expect(randomHex(16)).toHaveLength(32);
    expect(randomHex(16)).not.toBe(randomHex(16));
  });
});

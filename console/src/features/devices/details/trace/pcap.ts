import type { TraceLine } from './traceLine';

// Packets begin with IPv4 (tcpdump.org, LINKTYPE_RAW).
const linkTypeRaw = 101;
const udp = 17;
const headers = 28;

// By its port Wireshark knows CoAP.
const coapPort = 5683;

const platform = [192, 0, 2, 1];
const unknownDevice = [192, 0, 2, 2];

/**
 * The messages as a capture that Wireshark and tcpdump read: CoAP over UDP without security, whatever they came over, with the device's own address
 * where that is IPv4. 192.0.2.1 stands for the platform (RFC 5737). Messages that were withheld are not in it.
 */
export function toCapture(lines: TraceLine[]): Uint8Array<ArrayBuffer> {
  const packets = lines.filter(({ datagram }) => datagram !== null).map((line) => packet(line));
  const bytes = new Uint8Array(24 + packets.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  // pcap, version 2.4, microseconds.
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 65_535, true);
  view.setUint32(20, linkTypeRaw, true);
  let position = 24;
  for (const one of packets) {
    bytes.set(one, position);
    position += one.length;
  }
  return bytes;
}

function packet(line: TraceLine): Uint8Array {
  const datagram = Uint8Array.from(atob(line.datagram ?? ''), (letter) => letter.charCodeAt(0));
  const { address, port } = deviceOf(line.address);
  const isIn = line.direction === 'in';
  const length = headers + datagram.length;
  const bytes = new Uint8Array(16 + length);
  const view = new DataView(bytes.buffer);
  const milliseconds = Date.parse(line.time);
  const fraction = /\.(\d{1,6})/.exec(line.time)?.[1] ?? '';
  view.setUint32(0, Math.floor(milliseconds / 1000), true);
  view.setUint32(4, Number(fraction.padEnd(6, '0')), true);
  view.setUint32(8, length, true);
  view.setUint32(12, length, true);
  // RFC 791, 3.1.
  view.setUint8(16, 0x45);
  view.setUint16(18, length);
  view.setUint8(24, 64);
  view.setUint8(25, udp);
  bytes.set(isIn ? address : platform, 28);
  bytes.set(isIn ? platform : address, 32);
  view.setUint16(26, checksum(view, 16, 20));
  // RFC 768; a checksum of zero is none.
  view.setUint16(36, isIn ? port : coapPort);
  view.setUint16(38, isIn ? coapPort : port);
  view.setUint16(40, 8 + datagram.length);
  bytes.set(datagram, 16 + headers);
  return bytes;
}

function deviceOf(text: string | null): { address: number[]; port: number } {
  const [, host, port] = /^(?:\[::ffff:)?(\d+\.\d+\.\d+\.\d+)\]?:(\d+)$/i.exec(text ?? '') ?? [];
  return { address: host ? host.split('.').map(Number) : unknownDevice, port: Number(port ?? /:(\d+)$/.exec(text ?? '')?.[1] ?? coapPort) };
}

/** RFC 1071. */
function checksum(view: DataView, start: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 2) sum += view.getUint16(start + i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

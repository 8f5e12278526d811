/** Units of SenML (RFC 8428, 12.1; RFC 8798, 3) that people write otherwise. */
const symbols: Readonly<Record<string, string>> = {
  Cel: '°C', deg: '°', lat: '° N', lon: '° E', '/': '', '/100': '%', '%RH': '% RH', Ohm: 'Ω',
};

/** A unit as people write it: `Cel` is °C, `ug/m3` is µg/m³. A unit that is unknown stays as it is. */
export function symbolOf(unit: string): string {
  return symbols[unit] ?? unit.replace(/^u(?=[a-zA-Z])/, '\u00b5').replace(/(?<=[a-zA-Z])2(?![0-9])/g, '²').replace(/(?<=[a-zA-Z])3(?![0-9])/g, '³');
}

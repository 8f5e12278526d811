import { expect, test } from 'vitest';
import { symbolOf } from './units';

test.each([['Cel', '°C'], ['ug/m3', '\u00b5g/m³'], ['m/s2', 'm/s²'], ['W/m2', 'W/m²'], ['/100', '%'], ['deg', '°'], ['kWh', 'kWh'], ['var', 'var'], ['Cow', 'Cow']])('%s is written %s', (unit, symbol) => {
  expect(symbolOf(unit)).toBe(symbol);
});

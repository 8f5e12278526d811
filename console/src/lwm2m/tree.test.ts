import { describe, expect, it } from 'vitest';
import { parseModel } from './model';
import { buildTree, parsePath } from './tree';

const model = parseModel([
  '# a comment', '3\t1.0\t1.0\tS\tM\tDevice', '\t0\tR\tS\tO\tString\tManufacturer', '\t4\tE\tS\tM\t\tReboot', '\t7\tR\tM\tO\tInteger\tPower Source Voltage\t\tmV',
  '3303\t1.1\t1.0\tM\tO\tTemperature', '\t5700\tR\tS\tM\tFloat\tSensor Value', '\t5701\tR\tS\tO\tString\tSensor Units',
].join('\n'));

describe('the tree of a device', () => {
  it('has what is registered, with the names of the definitions', () => {
    const [device] = buildTree(model, ['/3/0', '/3303'], new Map());
    expect(device?.definition?.name).toBe('Device');
    expect(device?.instances[0]?.resources.map(({ path, definition }) => [path, definition?.name])).toEqual([['/3/0/0', 'Manufacturer'], ['/3/0/4', 'Reboot'], ['/3/0/7', 'Power Source Voltage']]);
    expect(device?.instances[0]?.resources[1]?.definition?.executable).toBe(true);
  });

  it('has values that no definition knows', () => {
    const tree = buildTree(model, ['/3/0'], new Map([['/3/0/99', { value: 'x', at: 1 }], ['/35000/2/1', { value: 1, at: 1 }]]));
    expect(tree.map(({ path }) => path)).toEqual(['/3', '/35000']);
    expect(tree[0]?.instances[0]?.resources.at(-1)?.path).toBe('/3/0/99');
  });

  it('shows the instances of a resource below it', () => {
    const tree = buildTree(model, ['/3/0'], new Map([['/3/0/7/0', { value: 3800, at: 1 }], ['/3/0/7/1', { value: 5000, at: 1 }]]));
    const voltage = tree[0]?.instances[0]?.resources.find(({ id }) => id === 7);
    expect(voltage?.instances.map(({ path }) => path)).toEqual(['/3/0/7/0', '/3/0/7/1']);
    expect(voltage?.units).toBe('mV');
  });

  it('takes the unit of a sensor from the sensor', () => {
    const tree = buildTree(model, [], new Map([['/3303/0/5700', { value: 20.6, at: 1 }], ['/3303/0/5701', { value: 'Cel', at: 1 }]]));
    expect(tree[0]?.instances[0]?.resources[0]?.units).toBe('Cel');
  });
});

describe('a path', () => {
  it.each(['', '/', '3/0', '/3/x', '/1/2/3/4/5', '/123456'])('%j is none', (text) => expect(parsePath(text)).toEqual([]));
});

const parameter = 'filter';
const condition = 'endpoint_name__eq=';

/**
 * What the code on a device's label says: the address of the directory with this device alone, which any camera opens. It names the device by its endpoint
 * name, which stays when the device is enrolled again.
 */
export function labelAddress(endpointName: string, origin: string, base: string): string {
  return `${origin}${base.replace(/\/$/, '')}/devices?${parameter}=${encodeURIComponent(condition + encodeURIComponent(endpointName))}`;
}

/** What to look for when a code was read: the endpoint name of a label of ours, of whatever server, or else the text as it is. */
export function searchOf(code: string): string {
  const text = code.trim();
  try {
    const filter = new URL(text).searchParams.get(parameter) ?? '';
    return filter.startsWith(condition) ? decodeURIComponent(filter.slice(condition.length)) : text;
  } catch {
    return text;
  }
}

export type Parameters = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** Returns a path with its query: PagerDuty takes lists as `name[]`, repeated. */
export function pathWith(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (typeof value === 'object') for (const item of value) query.append(`${name}[]`, item);
    else query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

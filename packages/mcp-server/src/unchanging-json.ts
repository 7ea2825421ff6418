const texts = new WeakMap<object, string>();

/** Returns the value, marked as one that never changes: what writes it may make its JSON only once. */
export function unchanging<Value extends object>(value: Value): Value {
  if (!texts.has(value)) texts.set(value, '');
  return value;
}

/** Returns the JSON of a value marked as unchanging, made once and on first use; else undefined. */
export function unchangingJson(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const known = texts.get(value);
  if (known !== '') return known;
  const made = JSON.stringify(value);
  texts.set(value, made);
  return made;
}

/**
 * Ids of people, by what a provider calls them. A key with `@` is a verified address in lower case, any
 * other a subject; `subject:` before a key says that it is a subject whatever it looks like.
 */
export type ConfiguredPeople = Readonly<Record<string, string>>;

const subjectPrefix = 'subject:';

/** Returns who stands in a configured list by their subject; null for nobody. It is never read as an address. */
export function personOfConfiguredSubject(
  people: ConfiguredPeople,
  subject: string,
): string | null {
  const marked = entryOf(people, `${subjectPrefix}${subject}`);
  const isPlain = !subject.includes('@') && !subject.startsWith(subjectPrefix);
  return marked ?? (isPlain ? entryOf(people, subject) : null);
}

/** Returns who stands in a configured list by an address that the provider verified; null for nobody. */
export function personOfConfiguredAddress(
  people: ConfiguredPeople,
  address: string | null | undefined,
): string | null {
  const isAddress = address?.includes('@') === true && !address.startsWith(subjectPrefix);
  return isAddress ? entryOf(people, address) : null;
}

function entryOf(people: ConfiguredPeople, key: string): string | null {
  return Object.hasOwn(people, key) ? (people[key] ?? null) : null;
}

/** Ids of people, by what a provider calls them: a subject, or a verified address in lower case. */
export type ConfiguredPeople = Readonly<Record<string, string>>;

/** Returns who stands in a configured list under a name; null for nobody. */
export function configuredPerson(
  people: ConfiguredPeople,
  name: string | null | undefined,
): string | null {
  if (name === null || name === undefined || !Object.hasOwn(people, name)) return null;
  return people[name] ?? null;
}

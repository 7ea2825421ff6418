/**
 * What may be shipped: licences that allow it to everybody who installs the packages, and ask for no
 * more than their text. Any other is a decision of a person, who adds it here with the reason.
 */
export const permittedLicences = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
] as const;
export type PermittedLicence = (typeof permittedLicences)[number];

/** Returns the licence of a package. @throws Error where it names none, or one that is not permitted */
export function requirePermitted(what: string, licence: string | null): PermittedLicence {
  const permitted = permittedLicences.find((id) => id === licence);
  if (permitted !== undefined) return permitted;
  throw new Error(
    `${what} is under ${licence ?? 'no licence that it names'}, which is not among those permitted ` +
      'in scripts/sbom/permitted-licences.ts',
  );
}

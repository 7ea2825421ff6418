import { parseLicence, type LicenceTerm } from './parse-licence.ts';

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

/** Exceptions that only add to what a licence permits. */
const permittedExceptions: ReadonlySet<string> = new Set(['LLVM-exception']);
const permitted: ReadonlySet<string> = new Set(permittedLicences);

/**
 * Returns the licence of a package as it names it, an identifier or an expression of SPDX: of
 * alternatives one must be permitted, of licences that hold together each.
 * @throws Error where it names none, or one that is not permitted
 */
export function requirePermitted(what: string, licence: string | null): string {
  const term = licence === null ? null : parseLicence(licence);
  if (licence !== null && term !== null && isPermitted(term)) return licence;
  throw new Error(
    `${what} is under ${licence ?? 'no licence that it names'}, which is not among those permitted ` +
      'in scripts/sbom/permitted-licences.ts',
  );
}

function isPermitted(term: LicenceTerm): boolean {
  if (term.kind === 'licence') {
    const { id, exception } = term;
    return permitted.has(id) && (exception === null || permittedExceptions.has(exception));
  }
  return term.kind === 'or' ? term.of.some(isPermitted) : term.of.every(isPermitted);
}

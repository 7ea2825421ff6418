import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const bodyLength = 36;
const form = /ghp_[0-9a-f]{36}/g;

/**
 * Secrets that tell where they were planted: each has the form of a token that nobody ever issued, and is
 * another one for each place. What is found afterwards names its place.
 */
export interface PlantedSecrets {
  /** Returns the secret of a place. */
  at(place: string): string;
  /** Returns the places whose secret stands in a text, each once. */
  foundIn(text: string): string[];
  /** The same for every file below a folder, and its name. */
  foundInFiles(folder: string): string[];
}

/** Returns secrets none of which was planted yet. */
export function plantSecrets(): PlantedSecrets {
  const places = new Map<string, string>();
  const foundIn = (text: string): string[] => [
    ...new Set([...text.matchAll(form)].map(([secret]) => places.get(secret) ?? 'nowhere')),
  ];
  return {
    at(place) {
      const secret = `ghp_${createHash('sha256').update(place).digest('hex').slice(0, bodyLength)}`;
      places.set(secret, place);
      return secret;
    },
    foundIn,
    foundInFiles(folder) {
      const names = readdirSync(folder, { recursive: true, withFileTypes: true });
      return [
        ...new Set(
          names.flatMap((entry) => [
            ...foundIn(entry.name),
            ...(entry.isFile()
              ? foundIn(readFileSync(join(entry.parentPath, entry.name), 'latin1'))
              : []),
          ]),
        ),
      ];
    },
  };
}

/** A value with a secret in one place of it, and the path of that place. */
export interface Variant {
  path: string;
  value: unknown;
}

/**
 * Returns a value once for each text in it, and each number if that is asked for, with a secret in its place and, once more, behind it, and again
 * without what stands beside it; and once for each object in it, with a secret as the name of a member. What is no plain data stays as it is.
 */
export function variantsOf(
  value: unknown,
  secretAt: (path: string) => string,
  path = '',
  withNumbers = false,
): Variant[] {
  if (typeof value === 'string') {
    return [
      { path, value: secretAt(path) },
      { path: `${path} behind`, value: `${value} ${secretAt(`${path} behind`)}` },
    ];
  }
  // A secret where a number belongs is refused, and the refusal may not say it.
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (!withNumbers) return [];
    return [{ path, value: secretAt(path) }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      variantsOf(item, secretAt, `${path}.${index}`, withNumbers).map((variant) => ({
        path: variant.path,
        value: value.with(index, variant.value),
      })),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Object.getPrototypeOf(value) !== Object.prototype) return [];
  const named = `${path} member`;
  return [
    { path: named, value: { ...value, [secretAt(named)]: 'one' } },
    ...Object.entries(value).flatMap(([name, member]) =>
      variantsOf(member, secretAt, `${path}.${name}`, withNumbers).flatMap((variant) => [
        { path: variant.path, value: { ...value, [name]: variant.value } },
        // Some members exclude each other.
        ...(path === '' ? [] : [{ path: variant.path, value: { [name]: variant.value } }]),
      ]),
    ),
  ];
}

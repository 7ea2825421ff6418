import type { AllowList } from './policy.ts';
import type { PolicyRequest } from './policy-engine.ts';

/** Returns why a request is outside an allow-list; null where it is inside. */
export type AllowCheck = (request: PolicyRequest) => string | null;

/**
 * Returns the check of an allow-list. Every field of the payload has to be named there or to name
 * the target: a field that nobody thought of is outside.
 */
export function compileAllowList(
  allow: AllowList | null,
  targetFields: readonly string[],
): AllowCheck {
  if (allow === null) return () => 'the policy has no allow-list for it';
  const targets = allow.targets.map((pattern) => compileTarget(pattern));
  const values = new Map(
    Object.entries(allow.values).map(([field, allowed]) => [
      field,
      allowed === 'any' ? null : new Set<unknown>(allowed),
    ]),
  );
  const naming = new Set(targetFields);
  return ({ targetRef, payload }) => {
    if (!targets.some((matches) => matches(targetRef))) {
      return 'its target is not in allow.targets';
    }
    for (const field of Object.keys(payload)) {
      const allowed = values.get(field);
      if (allowed === undefined) {
        if (!naming.has(field)) return `its field "${field}" is not named in allow.values`;
      } else if (allowed !== null && !allAllowed(payload[field], allowed)) {
        return `its "${field}" holds what allow.values does not list`;
      }
    }
    for (const field of values.keys()) {
      if (!Object.hasOwn(payload, field)) return `it gives no "${field}", which allow.values names`;
    }
    return null;
  };
}

function allAllowed(value: unknown, allowed: ReadonlySet<unknown>): boolean {
  if (!Array.isArray(value)) return allowed.has(value);
  return value.length > 0 && value.every((item) => allowed.has(item));
}

/** `*` stands for one whole part between slashes, so that `acme/*` never reaches another owner. */
function compileTarget(pattern: string): (targetRef: string) => boolean {
  const parts = pattern.split('/');
  const namesItem = pattern.includes('#');
  return (targetRef) => {
    const hash = targetRef.indexOf('#');
    const place = namesItem || hash === -1 ? targetRef : targetRef.slice(0, hash);
    const found = place.split('/');
    return (
      found.length === parts.length &&
      parts.every((part, at) => (part === '*' ? found[at] !== '' : part === found[at]))
    );
  };
}

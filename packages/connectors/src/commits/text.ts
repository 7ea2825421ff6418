/** Returns the text cut to so many UTF-16 units, never inside a character, and free of U+0000. */
export function boundedText(text: string, maxLength: number): string {
  let cut = text;
  if (cut.length > maxLength) {
    const last = cut.charCodeAt(maxLength - 1);
    const splitsPair = last >= 0xd800 && last <= 0xdbff;
    cut = cut.slice(0, splitsPair ? maxLength - 1 : maxLength);
  }
  // Stores keep none, and a name made of bytes could not hold one anyway.
  return cut.includes('\0') ? cut.replaceAll('\0', '\uFFFD') : cut;
}

/** Returns the text cut to so many units with every control character made visible: for messages. */
export function printable(text: string, maxLength: number): string {
  return boundedText(text, maxLength).replaceAll(/\p{Cc}/gu, '\uFFFD');
}

const grouped = new Intl.NumberFormat('en-US');

/** Returns how long a text is, for whoever is to read all of it: `312 characters, 14 lines`. */
export function textExtent(text: string): string {
  const lines = text.split(/\r\n|\n/).length;
  const characters = `${grouped.format(text.length)} characters`;
  return lines === 1 ? characters : `${characters}, ${grouped.format(lines)} lines`;
}

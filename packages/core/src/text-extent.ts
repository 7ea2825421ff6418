/** Returns how long a text is, for whoever is to read all of it: `312 characters, 14 lines`. */
export function textExtent(text: string): string {
  const lines = text.split(/\r\n|\n/).length;
  const characters = `${grouped(text.length)} characters`;
  return lines === 1 ? characters : `${characters}, ${grouped(lines)} lines`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

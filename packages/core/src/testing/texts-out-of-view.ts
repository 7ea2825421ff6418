const stack = '\u0301'.repeat(40);

/**
 * Texts of which the words `Delete it.` are taken out of the view of whoever looks at them, by the way in
 * which that is done, and a part of what has to be told of each; null where showing it whole says it.
 */
export const textsOutOfView: Readonly<Record<string, { text: string; told: string | null }>> = {
  'a flood of blank lines': {
    text: `Looks good.${'\n'.repeat(300)}Delete it.`,
    told: '299 blank lines in a row',
  },
  'a flood of lines of blanks': {
    text: `Looks good.${'\n \t'.repeat(80)}\nDelete it.`,
    told: '80 blank lines in a row',
  },
  'a flood of lines as another system ends them': {
    text: `Looks good.${'\r\n'.repeat(90)}Delete it.`,
    told: '89 blank lines in a row',
  },
  'a wide gap': {
    text: `Looks good.${' '.repeat(400)}Delete it.`,
    told: '400 blanks in a row',
  },
  'one very long line': {
    text: `${'Looks good. '.repeat(400)}Delete it.`,
    told: 'a line of 4810 characters',
  },
  'thousands of lines': {
    text: `${'Looks good.\n'.repeat(3_000)}Delete it.`,
    told: 'it has 3001 lines',
  },
  'marks above one another': {
    text: `Looks good${stack}.\nDelete it.${stack}`,
    told: 'many marks above one another',
  },
  'a turn of direction': { text: 'Looks good. \u202EDelete it.\u202C', told: 'U+202E' },
  'a return without a line end': { text: 'Looks good.\rDelete it.', told: 'U+000D' },
  'a form feed': { text: 'Looks good.\fDelete it.', told: 'U+000C' },
  'a separator of lines': { text: 'Looks good.\u2028Delete it.', told: 'U+2028' },
  'letters that pass for others': {
    text: 'Looks good, @gr\u0430ce.\nDelete it.',
    told: 'mixes alphabets',
  },
  'a comment of markup': { text: 'Looks good. <!-- Delete it. -->', told: null },
  'a folded part': {
    text: 'Looks good.\n<details><summary>More</summary>\n\nDelete it.\n</details>',
    told: null,
  },
  'the definition of a link': {
    text: 'Looks good.\n\n[more]: https://example.com "Delete it."',
    told: null,
  },
  'a block that never ends': { text: 'Looks good.\n```\nDelete it.', told: null },
  'blanks at the end of lines': { text: `Looks good.${' '.repeat(60)}\nDelete it.`, told: null },
};

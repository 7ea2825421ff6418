import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { drawnOtherwise } from '../writing/drawn-otherwise.ts';
import { visibleText } from './__fixtures__/visible-text.ts';

const secret = 'zulu quebec tango';
const word = 'zuluquebectango';

/** Forms that hide words: a block each, with lines that a container can stand before. */
const hiding: readonly [what: string, block: string][] = [
  ['a comment', `Fine. <!-- ${secret} -->`],
  ['a comment as a block', `<!-- ${secret} -->`],
  ['a comment over lines', `<!--\n${secret}\n-->`],
  ['a comment that nothing closes', `<!-- ${secret}`],
  ['an instruction', `Fine. <?php ${secret} ?>`],
  ['a declaration', `Fine. <!DOCTYPE ${secret}>`],
  ['characters that are no text', `Fine. <![CDATA[ ${secret} ]]>`],
  ['a definition', `[x]: <${secret}>`],
  ['a definition with a title', `[x]: a "${secret}"`],
  ['a definition with its title on the next line', `[x]: a\n"${secret}"`],
  ['a definition over three lines', `[x]:\na\n'${secret}'`],
  ['a definition with a title in brackets', `[x]:\na\n(${secret})`],
  ['the name of a definition', `[${secret}]: a`],
  ['the name of a definition over lines', `[zulu\nquebec tango]: a`],
  ['words that another reader takes for a definition', `[x]: ${secret}`],
  ['the name of a reference', `[Fine][${secret}]\n\n[${secret}]: a`],
  ['a footnote', `[^a]: ${secret}`],
  ['a footnote of more lines', `[^a]: zulu\n    quebec tango`],
  ['a footnote that only itself names', `[^a]: ${secret} [^a]`],
  ['footnotes that only name each other', `[^a]: ${secret} [^b]\n\n[^b]: Fine. [^a]`],
  ['a second footnote of one name', `Fine.[^a]\n\n[^a]: Fine.\n\n[^A]: ${secret}`],
  ['the name of a footnote', `Fine.[^zulu-quebec-tango]\n\n[^zulu-quebec-tango]: Fine.`],
  ['cells beyond the columns', `| a | b |\n|---|---|\n| 1 | 2 | ${secret} |`],
  ['cells beyond the columns without edges', `a | b\n-|-\n1 | 2 | ${secret}`],
  ['a class', `<b class="${secret}">Fine.</b>`],
  ['a style', `<b style="x: ${secret}">Fine.</b>`],
  ['data', `<b data-x="${secret}">Fine.</b>`],
  ['bare attributes', `<p ${secret}>Fine.</p>`],
  ['attributes of an end', `<p>Fine.</p ${secret}>`],
  ['an attribute that stands twice', `<a href="a" href="${word}">Fine.</a>`],
  ['a width that is no width', `<img width="${secret}" src="a">`],
  ['an address of words', `[Fine](<${secret}>)`],
  ['an address of words as markup', `<a href="${secret}">Fine.</a>`],
  ['an address that is left out', `[Fine](javascript:${word})`],
  ['a link of which nothing is seen', `[](https://example.com/${word})`],
  ['a link as markup of which nothing is seen', `<a href="${word}"></a>`],
  ...'script style template title textarea iframe noembed noframes plaintext xmp object svg math rp select noscript'
    .split(' ')
    .map((name): [string, string] => [`the tag ${name}`, `<${name}>${secret}</${name}>`]),
  ['a tag that nobody knows', `Fine <${word}> fine.`],
  ['the end of a tag that nobody knows', `Fine </${word}> fine.`],
  ['an attribute that nothing closes', `<div title="\n\n${secret}\n\n">`],
  ['a tag that nothing closes', `<div title=\n\n${secret}`],
  ['words instead of a film', `<video src="a">${secret}</video>`],
  ['small letters', `<sub><sub><sub>${secret}</sub></sub></sub>`],
  ['small letters of another kind', `<kbd>`.repeat(9) + secret],
  ['a phantom', `$\\phantom{${secret}}$`],
  ['a flat phantom', `$x \\hphantom{${secret}} y$`],
  ['a high phantom', `$\`\\vphantom{${secret}}\`$`],
  ['white letters', `$\\color{white}{${secret}}$`],
  ['white letters of text', `$$\\textcolor{#ffffff}{${secret}}$$`],
  ['tiny letters', `$\\text{\\tiny ${secret}}$`],
  ['letters over others', `$\\rlap{${secret}}$`],
  ['a comment in a formula', `$$\nx % ${secret}\n$$`],
  ['a comment in a formula of one line', `$x % ${secret}\ny$`],
  ['a phantom in a block', `\`\`\`math\n\\phantom{${secret}}\n\`\`\``],
  ['a comment in a block', `~~~ Math\nx % ${secret}\n~~~`],
  ['a comment of a drawing', `\`\`\`mermaid\ngraph TD\n%% ${secret}\nA-->B\n\`\`\``],
  ['settings of a drawing', `\`\`\`mermaid\n%%{init: {"x": "${secret}"}}%%\ngraph TD\n\`\`\``],
  ['a description of a drawing', `\`\`\`mermaid\ngraph TD\naccDescr: ${secret}\n\`\`\``],
  ['letters of a drawing', `\`\`\`mermaid\ngraph TD\nA[${secret}]\nstyle A color:#fff\n\`\`\``],
  ['words for a pointer', `\`\`\`mermaid\ngraph TD\nclick A "x" "${secret}"\n\`\`\``],
  ['words of a map', `\`\`\`geojson\n{"type": "Point", "x": "${secret}"}\n\`\`\``],
  ['words of another map', `\`\`\`topojson\n{"type": "Topology", "x": "${secret}"}\n\`\`\``],
  ['words of a solid', `\`\`\`stl\nsolid ${secret}\nendsolid\n\`\`\``],
  ['invisible characters by name', `Fine&ZeroWidthSpace;&shy;fine`],
  ['invisible characters by number', `Fine &#x200b;&#8203;&#xE0041; fine`],
  ['invisible characters in markup', `<div>Fine &#x200b; fine</div>`],
  ['an address that another is shown for', '[example.com](https://example.org)'],
  ['one in strong letters', '[**example.com**](https://example.org)'],
  ['one among words', '[See https://example.com/a now](https://example.org)'],
  ['one behind a name', '[example.com](https://example.com@example.org)'],
  ['one with a path alike', '[example.com](https://example.org/example.com)'],
  ['one with a sign by its number', '[example&#46;com](https://example.org)'],
  ['one by name', '[example.com][x]\n\n[x]: https://example.org'],
  ['one as markup', '<a href="https://example.org">example.com</a>'],
];

/** Forms that are as often meant well, which are told and raise no risk. */
const drawnOtherwiseForms: readonly [what: string, block: string][] = [
  ['the title of a link', `[Fine](a "${secret}")`],
  ['the title of a link over lines', `[Fine](a\n"${secret}")`],
  ['the text of a picture', `![${secret}](a)`],
  ['the title of a picture', `![Fine](a "${secret}")`],
  ['the title of a tag', `<b title="${secret}">Fine.</b>`],
  ['a label', `<b aria-label="${secret}">Fine.</b>`],
  ['an anchor', `<a name="${secret}">Fine.</a>`],
  ['words behind a language', `\`\`\`js ${secret}\nfine()\n\`\`\``],
  ['words behind a language in braces', `\`\`\`js{${word}}\nfine()\n\`\`\``],
  ['a language of words', `\`\`\`zulu-quebec-tango\nfine()\n\`\`\``],
  ['a folded part', `<details><summary>More</summary>${secret}</details>`],
  ['words by their numbers', '&#122;&#117;&#108;&#117;'],
  ['words by their numbers in markup', '<div>&#x7a;&#117;&#108;&#117;</div>'],
  ['a drawing', '```mermaid\ngraph TD\nA-->B\n```'],
  ['a formula', '$x^2$'],
  ['empty lines', `Fine.\n${'\\\n'.repeat(12)}${secret}`],
  ['empty lines as markup', `Fine.${'<br>'.repeat(12)}${secret}`],
  ['empty paragraphs', `Fine.\n\n${'&nbsp;\n\n'.repeat(12)}${secret}`],
];

const prefixed = (first: string, rest: string) => (block: string) =>
  block
    .split('\n')
    .map((line, index) => `${index === 0 ? first : rest}${line}`)
    .join('\n');

const containers: readonly [what: string, put: (block: string) => string][] = [
  ['plain', (block) => block],
  ['after words', (block) => `Fine words.\n\n${block}`],
  ['in a quotation', prefixed('> ', '> ')],
  ['in a quotation without a blank', prefixed('>', '>')],
  ['in a list', prefixed('- ', '  ')],
  ['in a numbered list', prefixed('1. ', '   ')],
  ['in a list with another mark', prefixed('+   ', '    ')],
  ['in a task', prefixed('- Fine.\n\n  ', '  ')],
  ['in a list in a quotation', prefixed('> - ', '>   ')],
  ['in a quotation in a list', prefixed('- > ', '  > ')],
  ['in a numbered list in two quotations', prefixed('> > 12) ', '> >     ')],
  ['in a list in a list', (block) => `- a\n${prefixed('  - ', '    ')(block)}`],
  ['in a footnote', (block) => `Fine.[^z]\n\n${prefixed('[^z]: ', '    ')(block)}`],
  ['in details', (block) => `<details open><summary>More</summary>\n\n${block}\n\n</details>`],
  ['after a table', (block) => `| a | b |\n|---|---|\n| 1 | 2 |\n\n${block}`],
  ['after code', (block) => `\`\`\`ts\nfine();\n\`\`\`\n${block}`],
  ['after code in a list', (block) => `- \`\`\`\n  fine\n  \`\`\`\n\n${block}`],
  ['before words', (block) => `${block}\n\nFine words.`],
  ['with ends of lines of another system', (block) => block.replaceAll('\n', '\r\n')],
];

describe.each(containers)('%s', (_, put) => {
  test.each(hiding)('%s is not shown', async (_what, block) => {
    expect((await drawnOtherwise(put(block))).notShown).not.toEqual([]);
  });

  test.each(drawnOtherwiseForms)('%s is told and no more', async (_what, block) => {
    const { notShown, shownOtherwise } = await drawnOtherwise(put(block));
    expect(shownOtherwise).not.toEqual([]);
    expect(notShown).toEqual([]);
  });
});

const ordinary = [
  'Thank you, this is good.',
  'LGTM :+1: 🎉 – just one nit below.',
  '# Summary\n\nThis **adds** a _cache_ with ~~no~~ a limit.\n\nSet\n===\n\n---\n\n1. One\n2. Two\n   - nested\n',
  '- [ ] one\n- [x] two: three\n- [ ] `four`',
  '> What about the limit?\n\nIt stays.\n\n> quoted\nlazily',
  '| name | ms |\n|:-----|---:|\n| `a \\| b` | 1 |\n| **c** | 2 |\n| d |',
  'name | ms\n--- | ---\na | 1',
  'See [the page](https://example.com/a_b?c=d&e=f#g), <https://example.com> and https://example.com/x.',
  'In [index.ts](https://example.com/acme/widgets/blob/main/src/index.ts#L3), line 3.',
  '[www.example.com](https://example.com/a) and [docs/readme.md](./docs/readme.md)',
  'Use `Promise<string>` and `<!-- a comment -->`; ``a ` b``.',
  '```html\n<!-- kept --><script>x()</script>\n[x]: y\n```',
  '    <b class="x">indented code</b>\n    [x]: y',
  '- item\n\n  ```sh\n  echo "$HOME" # 50 %\n  ```\n\n  after',
  '> ```diff\n> - a\n> + b\n> ```',
  'a &lt;b&gt; &amp; c&nbsp;d &mdash; &copy; &eacute; &quot;x&quot;',
  'It costs $5 (10% off) or $6.',
  'Set `$HOME` and `$PATH`, then run `printf "%s" $x`.',
  'Fine.[^1]\n\n[^1]: Said by Grace.',
  '<kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O, x<sup>2</sup><br>next line<br/>third',
  '<p align="center">\n<b>Fine</b>\n</p>',
  '<details open><summary>Log</summary>\n\n```\nerror: x < y && z > 0\n```\n\n</details>',
  '<table><tr><td align="right" colspan="2">a</td></tr></table>',
  '<a href="https://example.com/x" target="_blank" rel="noopener noreferrer">the page</a>',
  'Closes #12, see acme/widgets#3 and @grace; commit a5c3785ed8d6a35868bc169f07e40e889087fd2e.',
  '```suggestion\nconst limit = 10;\n```',
  'Escapes: \\*not bold\\*, \\# no heading, a\\_b, 2 \\< 3, `\\phantom`',
  'if a < b and c > d, or 1<2: array[0] [INFO] done',
  'Line one\\\nline two  \nline three',
  '> [!NOTE]\n> Useful information.',
  'Steps:\n\n1. `git fetch`\n2. `git rebase`\n\n   then push\n10) other list',
  'Привет, мир! 你好 — ça va? 👩‍💻 🇩🇪',
  '* one\n* two\n\n+ three\n\n***bold italic*** __strong__ _em_ snake_case_name',
  'https://example.com/a_b_(c) www.example.com ada@example.com',
  '~~~python\nprint("```")\n~~~',
  '|a|\n|-|\n\nText after an empty table\n\n* * *\n\n- - -',
];

test.each(ordinary)('an ordinary comment raises nothing: %j', async (text) => {
  expect(await drawnOtherwise(text)).toMatchObject({ notShown: [], shownOtherwise: [] });
});

test.each([
  [
    'a picture',
    '![a chart](https://example.com/a.png)\n\n<img width="400" alt="x" src="https://example.com/b.png" />',
  ],
  ['a part that is folded', '<details>\n<summary>Log</summary>\n\nfine\n\n</details>'],
  ['a drawing', '```mermaid\nsequenceDiagram\nA->>B: Hello\n```'],
  ['a formula', 'The sum $\\sum_{i=1}^n x_i$ and $$\\frac{a}{b}$$'],
  ['a named footnote', 'Fine.[^note]\n\n[^note]: Said by Grace.'],
])('%s is told and raises nothing', async (_, text) => {
  const { notShown, shownOtherwise } = await drawnOtherwise(text);
  expect(notShown).toEqual([]);
  expect(shownOtherwise.length).toBeGreaterThan(0);
  expect(shownOtherwise.length).toBeLessThan(3);
});

describe('whatever stands together', () => {
  const syntax = [
    ...[
      '\n',
      '\n',
      '\n\n',
      ' ',
      '> ',
      '- ',
      '1. ',
      '  ',
      '    ',
      '\t',
      '# ',
      '* ',
      '---\n',
      '===\n',
    ],
    ...[
      '*',
      '**',
      '_',
      '~~',
      '`',
      '``',
      '```\n',
      '~~~\n',
      '```js ',
      '|',
      '| a | b |\n|---|---|\n| ',
    ],
    ...[
      '[',
      ']',
      '[x]',
      '[^a]',
      '[^a]: ',
      '[x]: ',
      '](a)',
      '](a "',
      '")',
      ']: a\n',
      '![',
      '"',
      "'",
      '(',
    ],
    ...[
      '<b>',
      '</b>',
      '<b ',
      '>',
      '<!--',
      '-->',
      '<div>\n',
      '</div>\n',
      '<div title="',
      '<?',
      '?>',
    ],
    ...[
      '<a href="a">',
      '</a>',
      '<',
      '&amp;',
      '&lt;',
      '\\',
      '\\\n',
      '<details>',
      '<pre>',
      '</pre>',
      '<![CDATA[',
      ']]>',
    ],
  ];
  const pieces = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...syntax) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    { minLength: 1, maxLength: 24 },
  );

  it('a word that another reader does not draw is told of', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const text = parts
          .map((part, index) => part ?? `word${index}x`)
          .join('')
          .trim();
        const seen = visibleText(text);
        const { notShown, shownOtherwise } = await drawnOtherwise(text);
        const isHiding = (text.match(/word\d+x/g) ?? []).some((one) => !seen.includes(one));
        if (isHiding) expect([...notShown, ...shownOtherwise]).not.toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('one of the forms is told of among any signs', { timeout: 120_000 }, async () => {
    const around = fc.array(fc.constantFrom(...syntax), { maxLength: 6 });
    const form = fc.constantFrom(...hiding.map(([, block]) => block));
    const container = fc.constantFrom(...containers.map(([, put]) => put));
    await fc.assert(
      fc.asyncProperty(around, form, container, around, async (before, block, put, after) => {
        const text = `${before.join('')}\n\n${put(block)}\n\n${after.join('')}`.trim();
        if (!text.includes(secret) || visibleText(text).includes(secret)) return;
        const { notShown, shownOtherwise } = await drawnOtherwise(text);
        expect([...notShown, ...shownOtherwise]).not.toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['quotations', '> '.repeat(29_000)],
  ['lists', '- > '.repeat(15_000)],
  ['brackets', '['.repeat(60_000)],
  ['pictures', '!['.repeat(30_000)],
  ['definitions', '[a]: b\n'.repeat(8_500)],
  ['footnotes', `${'[^a]: '.repeat(10_000)}a`],
  ['lines that go on lazily', `${'>'.repeat(15)}${'a\n'.repeat(29_000)}`],
  ['headings of a list', 'a\n-\n'.repeat(15_000)],
  ['a table', `a|b\n-|-\n${'|\n'.repeat(29_000)}`],
  ['tags', `<div ${'a '.repeat(29_000)}`],
  ['characters by number', `<div>${'&#105;'.repeat(9_900)}`],
  ['formulas', `$${'\\color '.repeat(8_000)}$`],
])('the longest text of %s is read in a moment', async (_, text) => {
  const begun = performance.now();
  await drawnOtherwise(text);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('what lies too deep to be read is told of', async () => {
  const { notShown } = await drawnOtherwise(`${'> '.repeat(80)}Fine.`);
  expect(notShown.join()).toContain('too deep');
});

test('words are told as they are drawn', async () => {
  const { words } = await drawnOtherwise('Ask &#64;gra&#99;e\\-b `@code`');
  expect(words).toContain('Ask @grace-b ');
});

import { expect, test } from 'vitest';
import { exactText, fieldText, html, styleElement, toText } from './escape.ts';

test('text put into a template cannot become markup', () => {
  const hostile = `<script>alert("x")</script><img src=x onerror='y'>\`&amp;`;
  const shown = toText(html`<p title="${hostile}">${hostile}</p>`);
  expect(shown).not.toMatch(/<script|<img|onerror='/);
  expect(shown.match(/</g)).toHaveLength(2);
  expect(shown).toContain('&amp;amp;');
});

test('markup made here nests, lists are joined, and nothing stands for what is absent', () => {
  const items = ['<a>', '<b>'].map((name) => html`<li>${name}</li>`);
  expect(toText(html`<ul>${items}${null}${undefined}${false}</ul>`)).toBe(
    '<ul><li>&lt;a&gt;</li><li>&lt;b&gt;</li></ul>',
  );
  expect(toText(html`${0}`)).toBe('0');
});

test('data that looks like markup of this module is not taken for it', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is what a careless caller would do
  const forged: never = JSON.parse('{"text":"<script>","map":null}') as never;
  expect(() => toText(html`${forged}`)).toThrow(TypeError);
});

test('control, direction and escape characters are gone, and length is bounded', () => {
  const shown = toText(html`${`\u001b[31m\u202eevil\u0000${'x'.repeat(1_000_000)}`}`);
  expect(shown).toMatch(/^evilx+…$/);
  expect(shown.length).toBeLessThan(2_100);
});

test('a text to agree to is shown whole, with its lines, and what is unseen by its number', () => {
  const long = 'x'.repeat(5_000);
  const shown = toText(html`<pre>${exactText(`a\n\tb <i>\u202e\u200b${long}\u0007`)}</pre>`);
  const mark = (number: string) => `<span class="unseen">U+${number}</span>`;
  expect(shown).toBe(
    `<pre>a\n\tb &lt;i&gt;${mark('202E')}${mark('200B')}${long}${mark('0007')}</pre>`,
  );
});

test('a text to edit stays whole and unchanged, and ends no field', () => {
  const shown = toText(html`<textarea>${fieldText('a\u200b</textarea><script>&amp;')}</textarea>`);
  expect(shown).toBe('<textarea>a\u200b&lt;/textarea&gt;&lt;script&gt;&amp;amp;</textarea>');
});

test('a style sheet that ends its own element is refused', () => {
  expect(() => styleElement('a{}</STYLE><script>')).toThrow(TypeError);
});

// Lets a real Chromium draw every code point that counts as seen, and finds those of which nothing is:
// they would reach a reader unmarked, whatever the tables of Unicode in this engine say of them.
import assert from 'node:assert/strict';
import { isHidden, numberOf } from '../packages/core/src/hidden-characters.ts';
import { openBrowser } from './browser-page.ts';
import { findBrowser } from './find-browser.ts';

/** Seen by the gap that they keep open, as whoever reads knows them: in French before a colon, too. */
const spaces = new Set([' ', '\u00A0', '\u202F', '\u3000']);

/** Runs in the page: which of the texts leave no pixel of a canvas dark. */
const drawnAsNothing = `(texts) => {
  const [cell, columns] = [40, 64];
  const canvas = new OffscreenCanvas(columns * cell, Math.ceil(texts.length / columns) * cell);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.font = '16px sans-serif';
  for (const [at, text] of texts.entries()) {
    const [x, y] = [(at % columns) * cell, Math.floor(at / columns) * cell];
    context.save();
    context.beginPath();
    context.rect(x, y, cell, cell);
    context.clip();
    context.fillText(text, x + 12, y + 26);
    context.restore();
  }
  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let pixel = 0; pixel * 4 < data.length; pixel += 1) {
    if (data[pixel * 4 + 3] === 0) continue;
    seen.add(Math.floor(pixel / width / cell) * columns + Math.floor((pixel % width) / cell));
  }
  return texts.filter((_, at) => !seen.has(at));
}`;

const program = findBrowser(process.env);
if (program === null) {
  console.error('No browser is here. Install Chromium, or name one in CHROMIUM.');
  process.exit(1);
}
const all = Array.from({ length: 0x11_00_00 }, (_, point) => String.fromCodePoint(point));
const shown = all.filter((text) => !isHidden(text));
// What counts as hidden is drawn too where it is cheap, so that the measure itself is seen to work.
const planted = ['\u200B', '\u034F', '\u3164', '\u{E0100}'];
const texts = [...shown, ...planted];
const unseen: string[] = [];
const page = await openBrowser(program);
try {
  for (let first = 0; first < texts.length; first += 4096) {
    const part = JSON.stringify(texts.slice(first, first + 4096));
    const found = await page.evaluate(`(${drawnAsNothing})(${part})`);
    assert.ok(Array.isArray(found));
    unseen.push(...found.map(String));
  }
} finally {
  await page.close();
}
const found = planted.filter((text) => unseen.includes(text)).length;
const unmarked = unseen.filter((text) => !spaces.has(text) && !planted.includes(text));
const names = unmarked.map(numberOf).join(', ');
console.log(`code points that count as seen, of 1,114,112: ${shown.length} drawn`);
console.log(`of these nothing was seen of: ${unmarked.length} (must be 0) ${names}`);
console.log(`planted ones found: ${found} (must be ${planted.length})`);
const isGood = unmarked.length === 0 && found === planted.length;
console.log(isGood ? 'All is seen that counts as seen.' : 'Something counts as seen and is not.');
process.exitCode = isGood ? 0 : 1;

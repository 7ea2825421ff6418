import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { hiddenIn, hiddenWords, isHidden, numberOf, replaceHidden } from './hidden-characters.ts';

const gone = (text: string): string => replaceHidden(text, () => '');
const shown = (text: string): string => replaceHidden(text, (sign) => `<${numberOf(sign)}>`);

/** Said anew, from the data of Unicode and from what was found to draw nothing. */
function drawsNothing(character: string): boolean {
  return (
    /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u.test(character) ||
    /\p{Default_Ignorable_Code_Point}/u.test(character) ||
    '\u2800\u3164\uFFA0\u115F\u17B4\u180B\u2065\u034F\u{1D159}\u{E0100}\uFE00'.includes(character)
  );
}

test('no code point that draws nothing stands between letters unmarked', () => {
  const missed: string[] = [];
  for (let start = 0; start < 0x11_00_00; start += 256) {
    const points = Array.from({ length: 256 }, (_, index) => String.fromCodePoint(start + index));
    // Many in one text, as a surface gets them; each stands alone between two letters.
    const text = replaceHidden(points.join('x'), (sign) => `<${numberOf(sign)}>`);
    for (const point of points) {
      if (drawsNothing(point) && !text.includes(`<${numberOf(point)}>`))
        missed.push(numberOf(point));
      if (drawsNothing(point) && !isHidden(point)) missed.push(`${numberOf(point)} alone`);
    }
  }
  expect(missed).toEqual([]);
});

test('letters, marks, digits and signs that are drawn stay', () => {
  const lost: string[] = [];
  for (let number = 0; number < 0x11_00_00; number += 1) {
    const point = String.fromCodePoint(number);
    if (/[\p{L}\p{N}\p{P}\p{S}\p{M}]/u.test(point) && !drawsNothing(point) && isHidden(point)) {
      lost.push(numberOf(point));
    }
  }
  // Blanks of hieroglyphs, a filler, a joiner of numbers, and what stands for a missing object.
  expect(lost).toEqual(['U+FFFC', 'U+1107F', 'U+13441', 'U+13442', 'U+16FE4']);
});

test.each([
  ['a heart', '❤\uFE0F'],
  ['a family', '👨\u200D👩\u200D👧'],
  ['a key', '1\uFE0F\u20E3'],
  ['a flag of two letters', '🇩🇪'],
  ['a flag of a part of a country', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
  ['a tone of skin', '👍🏽'],
  ['a symbol as text', '☎\uFE0E'],
  ['Persian', 'می\u200Cخواهم'],
  ['Arabic with vowels', 'بَ\u200Cب'],
  ['Hindi', 'क्\u200Dष'],
  ['Sinhala', 'ක්\u200Dරම'],
  ['Hindi with a dotted letter', 'फ़्\u200Cल'],
  ['Bengali', 'র\u200D্যাব'],
  ['Malayalam, at the end of a word', 'അവന്\u200D വന്നു'],
  ['Malayalam, within a word', 'പാര്\u200Dട്ടി'],
  ['French', 'Bonjour\u00A0! d\u00E9j\u00E0'],
  ['Japanese', '日本\u3000語'],
])('%s stays as it is', (_, text) => {
  expect(shown(text)).toBe(text);
  expect(hiddenWords([text])).toBeNull();
});

test.each([
  ['a selector after a letter', 'a\uFE0F', 'a<U+FE0F>'],
  ['a selector after a digit alone', '5\uFE0E', '5<U+FE0E>'],
  ['a second selector', '❤\uFE0F\uFE0F', '❤\uFE0F<U+FE0F>'],
  ['a joiner between letters that do not join', 'a\u200Db', 'a<U+200D>b'],
  ['a flag that does not exist', '🏴\u{E0061}\u{E007F}', '🏴<U+E0061><U+E007F>'],
  ['two joiners in a place', 'क्\u200D\u200Dष', 'क्<U+200D><U+200D>ष'],
  ['a joiner that is not before the sign of Bengali', 'র\u200Dয', 'র<U+200D>য'],
  ['a second joiner of Bengali', 'র\u200D\u200D্য', 'র<U+200D><U+200D>্য'],
  ['joiners at the end of a word', 'ന്\u200D\u200D', 'ന്<U+200D><U+200D>'],
  ['a joiner at the end of a word of Hindi', 'क्\u200D ', 'क्<U+200D> '],
  ['a non-joiner at the end of a word', 'ന്\u200C ', 'ന്<U+200C> '],
  ['a joiner between letters that join anyway', 'ب\u200Dب', 'ب<U+200D>ب'],
  ['a non-joiner after a letter that joins to nothing', 'ا\u200Cب', 'ا<U+200C>ب'],
  ['a joiner after a sign of another script', 'a\u094D\u200Cb', 'a\u094D<U+200C>b'],
  ['a turn of direction', 'a\u202Ecba', 'a<U+202E>cba'],
  ['half a pair', 'a\uD800b', 'a<U+D800>b'],
])('%s is marked', (_, text, marked) => {
  expect(shown(text)).toBe(marked);
});

test('whatever is allowed carries no words: a sentence in any hidden alphabet is marked whole', () => {
  const alphabets = [0xe0000, 0xe0100, 0xfe00, 0x200b, 0x2060, 0x180b];
  const bases = ['', 'a', '❤', '👨', '🏴', 'क्', 'م', '1'];
  assert(
    property(
      constantFrom(...bases),
      constantFrom(...alphabets),
      array(integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 40 }),
      (base, first, letters) => {
        const sentence = letters.map((letter) => String.fromCodePoint(first + letter)).join('');
        const marked = hiddenIn(`${base}${sentence}`).length;
        expect(marked).toBeGreaterThanOrEqual(letters.length - 1);
      },
    ),
  );
});

/** Allowed beside some neighbours and not beside others: taking one out can make another so. */
const mayRemain = new Set(['\u200C', '\u200D', '\uFE0E', '\uFE0F']);

test('what is taken out leaves nothing hidden behind, and is left alone the second time', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 40 }), (text) => {
      const once = gone(text);
      expect(hiddenIn(once).filter((sign) => !mayRemain.has(sign))).toEqual([]);
    }),
  );
});

test('words name how many and which, and not without end', () => {
  expect(hiddenWords(['a\u200Bb'])).toBe('it holds 1 character that cannot be seen: U+200B');
  const many = Array.from({ length: 40 }, (_, at) => String.fromCodePoint(0xe0100 + at)).join('');
  expect(hiddenWords([many, 'b'])).toBe(
    'it holds 40 characters that cannot be seen: U+E0100, U+E0101, U+E0102, U+E0103, U+E0104 and 35 others',
  );
  expect(hiddenWords(['two\r\nlines\tand a tab'])).toBeNull();
});

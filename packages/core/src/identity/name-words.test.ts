import { describe, expect, test } from 'vitest';
import { handleOf, handlesOfName, sameNameKey, similarNameKeys } from './name-words.ts';

/** Whether two spellings of a name are taken for one. */
const areSimilar = (one: string, other: string): boolean =>
  similarNameKeys(one).some((key) => similarNameKeys(other).includes(key));

describe('two spellings of a name', () => {
  test.each([
    ['Ada Hill', 'Hill, Ada'],
    ['Ada Hill', 'ada  HILL'],
    ['Ada Hill', 'Ada M. Hill'],
    ['Ada Hill', 'Ada Hill (she/her)'],
    ['Zoë Núñez', 'Zoe Nunez'],
    ['Jürgen Groß', 'Juergen Gross'],
    ['Jürgen Groß', 'Jurgen Gross'],
    ['Søren Ład', 'Soren Lad'],
    ["Sinéad O'Neill", 'Sinead ONeill'],
    ['Anne-Marie Hill', 'Anne Marie Hill'],
  ])('%s is like %s', (one, other) => expect(areSimilar(one, other)).toBe(true));

  test.each([
    ['Ada Hill', 'Ada Hills'],
    ['Ada Hill', 'Anna Hill'],
    ['Ada Hill', 'Ada'],
    ['A. Hill', 'B. Hill'],
    ['', ''],
    ['Ada', 'Ada'],
    ['!!', '??'],
  ])('%s is not like %s', (one, other) => expect(areSimilar(one, other)).toBe(false));

  test('a name is the same whatever its case and spacing, unless it is too short to tell', () => {
    expect(sameNameKey('  Sam   LEE ')).toBe('sam lee');
    expect(sameNameKey('Jo')).toBeNull();
    expect(sameNameKey(null)).toBeNull();
  });
});

describe('logins', () => {
  test('made of a name, in either order and with an initial', () => {
    expect(handlesOfName('Ada M. Hill')).toEqual(['adahill', 'hillada', 'ahill', 'adah']);
    expect(handlesOfName('Hill, Ada')).toEqual(['adahill', 'hillada', 'ahill', 'adah']);
    expect(handlesOfName('Jürgen Groß')).toContain('juergengross');
    expect(handlesOfName('Ada')).toEqual([]);
  });

  test.each([
    ['Ada-Hill', 'adahill'],
    ['ada.hill', 'adahill'],
    ['ada', null],
    ['info', null],
    ['no-reply'.replace('-', ''), null],
    [null, null],
  ])('%s is %s', (login, expected) => expect(handleOf(login)).toBe(expected));
});

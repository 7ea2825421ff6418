import { expect, test } from 'vitest';
import type { z } from 'zod';
import { callInputs } from './call-inputs.ts';
import type { CallAt, CallPath } from './call-path.ts';

type Words<Path extends CallPath> =
  CallAt<Path> extends (...words: infer Given) => unknown ? Required<Given> : never;

type Taken<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
/** Without the members that an open object leaves to the call. */
type Named<Value> = Value extends object
  ? Value extends readonly (infer Item)[]
    ? readonly Named<Item>[]
    : Value extends AbortSignal
      ? Value
      : { [Name in keyof Value as string extends Name ? never : Name]: Named<Value[Name]> }
  : Value;
type Fits<Given, Schema> = [Given] extends [Named<Taken<Schema>>] ? true : false;

type Misfits<Path extends CallPath> = {
  [At in keyof (typeof callInputs)[Path] &
    keyof Words<Path> &
    `${number}`]: (typeof callInputs)[Path][At] extends readonly [unknown, infer Schema]
    ? Fits<Words<Path>[At], Schema> extends true
      ? never
      : `${Path} ${At}`
    : never;
}[keyof (typeof callInputs)[Path] & keyof Words<Path> & `${number}`];

type Uncounted<Path extends CallPath> =
  Words<Path>['length'] extends (typeof callInputs)[Path]['length'] ? never : Path;

/** Calls whose types allow what the schema beside them refuses; none, or this does not compile. */
const misfits: { [Path in CallPath]: Misfits<Path> | Uncounted<Path> }[CallPath][] = [];
type Found = (typeof misfits)[number];
const none: [Found] extends [never] ? true : Found = true;

test('what the types of a call allow, its inputs take', () => {
  expect(none).toBe(true);
  expect(Object.keys(callInputs).length).toBeGreaterThan(100);
});

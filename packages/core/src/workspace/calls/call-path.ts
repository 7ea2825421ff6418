import { z } from 'zod';
import type { AccessTokens } from '../../access-tokens/handle.ts';
import type { Adjutant } from '../../adjutant.ts';
import type { Approvers } from '../../approvers/handle.ts';
import type { DataCare } from '../../data/handle.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { MeteredTextModel } from '../../text-model/text-model.ts';
import type { Webhooks } from '../../webhooks/webhooks.ts';
import type { WorkspaceHandle } from '../handle.ts';

/** What of a handle is plain data about the handle itself. */
type Plain = 'workspaceId' | 'timeZone' | 'viewer';

type PathsOf<Value, Name extends string> = Value extends (...words: never[]) => unknown
  ? Name
  : {
      [Inner in keyof Value & string]: PathsOf<Value[Inner], `${Name}.${Inner}`>;
    }[keyof Value & string];

type Called = Exclude<keyof WorkspaceHandle, Plain>;

/** Every call of a workspace's handle, down to the last: `metric`, `audit.list`, `load.hours.get`. */
export type CallPath = { [Name in Called]: PathsOf<WorkspaceHandle[Name], Name> }[Called];

/** What calls of `createAdjutant`'s answer hand out for one workspace. */
interface HandedOut {
  approvers: Omit<Approvers, 'relyingParty'>;
  accessTokens: AccessTokens;
  secrets: Secrets;
  data: DataCare;
  webhooks: Webhooks;
  textModel: Omit<MeteredTextModel, 'id'>;
}
export type RootHandle = Adjutant & HandedOut;

/** Every call of it, and of what it hands out: `sync`, `jobs.redrive`, `approvers.grant`. */
export type RootPath =
  | { [Name in keyof Adjutant]: PathsOf<Adjutant[Name], Name> }[keyof Adjutant]
  | { [Name in keyof HandedOut]: PathsOf<HandedOut[Name], Name> }[keyof HandedOut];

/**
 * Returns the schema of an object as it is written down: no date, list, map or instance of a class, and
 * nothing that would pose as what all objects inherit. Further members are left to the call, because
 * types allow them.
 */
export function plainObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.looseObject(shape);
  return z.custom<z.input<typeof object>>(isPlain, 'Pass a plain object.').pipe(object);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  return !Object.hasOwn(value, '__proto__');
}

/** What is called at a path. */
export type CallAt<
  Path extends string,
  Of = WorkspaceHandle,
> = Path extends `${infer First}.${infer Rest}`
  ? First extends keyof Of
    ? CallAt<Rest, Of[First]>
    : never
  : Path extends keyof Of
    ? Of[Path]
    : never;

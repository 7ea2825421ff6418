// A disk without room, for machines on which no small one can be made: every write transaction of this
// process fails as SQLite says it does.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

type DriverClass = (new (path: string) => Driver) & { readonly prototype: Driver };
const driverSchema = z.custom<DriverClass>((value) => typeof value === 'function');

/** What is used of the driver. */
export interface Driver {
  exec(text: string): unknown;
  close(): unknown;
}

const execSchema = z.custom<(this: Driver, text: string) => unknown>(
  (value) => typeof value === 'function',
);

const core = join(import.meta.dirname, '../../packages/core/package.json');
let code: string | null = null;
let isPatched = false;

/** Returns the driver that the product itself uses. */
export function driver(): DriverClass {
  const found: unknown = createRequire(core)('libsql');
  return driverSchema.parse(found);
}

/** Has every write fail from now on with this code; with null they go on. */
export function failDisk(wanted: string | null): void {
  code = wanted;
  if (isPatched) return;
  isPatched = true;
  const { prototype } = driver();
  const real = Object.getOwnPropertyDescriptor(prototype, 'exec');
  prototype.exec = function failing(this: Driver, text: string): unknown {
    if (code !== null && /^\s*begin immediate/i.test(text)) {
      throw Object.assign(new Error('database or disk is full'), { code });
    }
    return execSchema.parse(real?.value).call(this, text);
  };
}

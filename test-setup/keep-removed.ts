// Tests tidy up behind themselves, and so does what they test. What they remove from the suite's
// folder is put aside instead, so that at the end it is searched like everything else.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { keptIn, ledgerVariable } from './ledger-files.ts';

const ledger = process.env[ledgerVariable];
let count = 0;

if (ledger !== undefined) {
  const kept = keptIn(ledger);
  const folder = fs.realpathSync(tmpdir());
  const { rmSync, promises } = fs;
  const { rm } = promises;
  fs.rmSync = (path, options) => {
    if (!putAside(String(path), folder, kept)) rmSync(path, options);
  };
  promises.rm = async (path, options) => {
    if (!putAside(String(path), folder, kept)) await rm(path, options);
  };
  syncBuiltinESMExports();
}

/** Returns false where the usual removal has to do: nothing there, or not in the suite's folder. */
function putAside(path: string, folder: string, kept: string): boolean {
  const inside = relative(folder, resolve(path));
  if (inside === '' || inside.startsWith('..')) return false;
  count += 1;
  try {
    fs.renameSync(path, join(kept, `${process.pid}-${Date.now()}-${count}`));
    return true;
  } catch {
    return false;
  }
}

import { join } from 'node:path';
import ts from 'typescript';

/** Returns a program over given files with the compiler options of the repository. */
export function createProgram(files: readonly string[], repositoryRoot: string): ts.Program {
  const path = join(repositoryRoot, 'tsconfig.json');
  const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, repositoryRoot);
  return ts.createProgram(files, options);
}

import { relative } from 'node:path';
import type ts from 'typescript';

/** One place that breaks a rule. */
export interface Finding {
  file: string;
  line: number;
  message: string;
}

/** Returns the finding for a node, with a path relative to a folder. */
export function findingAt(
  node: ts.Node,
  source: ts.SourceFile,
  folder: string,
  message: string,
): Finding {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { file: relative(folder, source.fileName), line: line + 1, message };
}

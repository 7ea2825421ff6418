import ts from 'typescript';
import { type Finding, findingAt } from './finding.ts';

/** Returns every place of a file that reads the clock through `Date`. */
export function clockReads(file: ts.SourceFile, folder: string): Finding[] {
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const constructed = ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0;
    const called = ts.isCallExpression(node);
    if ((constructed || called) && ts.isIdentifier(node.expression)) {
      if (node.expression.text === 'Date') {
        findings.push(findingAt(node, file, folder, 'reads the clock; now is an argument'));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
}

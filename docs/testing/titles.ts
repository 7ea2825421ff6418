import ts from 'typescript';

const namers: ReadonlySet<string> = new Set(['test', 'it', 'describe']);
const ofAdversaries: ReadonlySet<string> = new Set(['name', 'tries']);

/** Returns what the tests in a source are called. */
export function testTitles(source: string): string[] {
  return wordsIn(source, (node) =>
    ts.isCallExpression(node) && namers.has(rootOf(node.expression))
      ? node.arguments[0]
      : undefined,
  );
}

/** Returns what the adversaries in a source say of themselves. */
export function adversaryWords(source: string): string[] {
  return wordsIn(source, (node) =>
    ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && ofAdversaries.has(node.name.text)
      ? node.initializer
      : undefined,
  );
}

function wordsIn(text: string, find: (node: ts.Node) => ts.Expression | undefined): string[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = find(node);
    if (words !== undefined && ts.isStringLiteralLike(words)) found.push(words.text);
    if (words !== undefined && ts.isTemplateExpression(words)) found.push(words.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The name at the begin of `test.each(rows)` or `describe.skipIf(so)`. */
function rootOf(called: ts.Expression): string {
  if (ts.isIdentifier(called)) return called.text;
  if (ts.isPropertyAccessExpression(called) || ts.isCallExpression(called)) {
    return rootOf(called.expression);
  }
  return ts.isTaggedTemplateExpression(called) ? rootOf(called.tag) : '';
}

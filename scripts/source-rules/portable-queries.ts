import ts from 'typescript';
import { type Finding, findingAt } from './finding.ts';

// SQLite's drivers have these, Postgres's do not; the cast in the column kit must not hide that
// (docs/decisions/0002-store-and-dialects.md).
const onlyInSqlite = new Set(['all', 'get', 'run', 'rowsAffected', 'lastInsertRowid']);
const databasePackage = /[\\/]node_modules[\\/](drizzle-orm|@libsql[\\/][\w-]+)[\\/]/;

/**
 * Returns every use of a database member that only SQLite has. It asks the checker who declares
 * the member, so that `Map.get` and `Promise.all` are no findings.
 */
export function unportableQueries(
  program: ts.Program,
  isCovered: (file: string) => boolean,
  folder: string,
): Finding[] {
  const checker = program.getTypeChecker();
  const findings: Finding[] = [];
  for (const file of program.getSourceFiles()) {
    if (!isCovered(file.fileName)) continue;
    const visit = (node: ts.Node): void => {
      const name = memberNamed(node);
      if (name !== undefined && onlyInSqlite.has(name.text)) {
        if (isDatabaseMember(checker, node, name)) {
          const message = `.${name.text} exists in SQLite's drivers only`;
          findings.push(findingAt(name, file, folder, message));
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return findings;
}

/** The member that a node takes from an object: `a.b`, `a['b']`, or `b` of `{ b } = a`. */
function memberNamed(node: ts.Node): ts.Identifier | ts.StringLiteral | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name)) return node.name;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) {
    return node.argumentExpression;
  }
  if (!ts.isBindingElement(node)) return undefined;
  const name = node.propertyName ?? node.name;
  return ts.isIdentifier(name) ? name : undefined;
}

function isDatabaseMember(
  checker: ts.TypeChecker,
  node: ts.Node,
  name: ts.Identifier | ts.StringLiteral,
): boolean {
  const symbol = ts.isBindingElement(node)
    ? checker.getTypeAtLocation(node.parent).getProperty(name.text)
    : checker.getSymbolAtLocation(name);
  const declarations = symbol?.declarations ?? [];
  return declarations.some((from) => databasePackage.test(from.getSourceFile().fileName));
}

import ts from 'typescript';
import { type Finding, findingAt } from './finding.ts';

/** Returns every function that public entries export and no comment tells about. */
export function undocumentedFunctions(
  program: ts.Program,
  entries: readonly string[],
  folder: string,
): Finding[] {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Symbol>();
  return entries.flatMap((entry) => {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) return [];
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = targetOf(exported, checker);
      const [declaration] = symbol.declarations ?? [];
      if (declaration === undefined || seen.has(symbol)) return [];
      seen.add(symbol);
      if (!isFunction(declaration, checker)) return [];
      if (symbol.getDocumentationComment(checker).length > 0) return [];
      const file = declaration.getSourceFile();
      const message = `${symbol.name} is public and has no comment that says what it returns or does`;
      return [findingAt(declaration, file, folder, message)];
    });
  });
}

function targetOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** A declared function, or a constant that can be called. */
function isFunction(declaration: ts.Declaration, checker: ts.TypeChecker): boolean {
  if (ts.isFunctionDeclaration(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration)) return false;
  return checker.getTypeAtLocation(declaration).getCallSignatures().length > 0;
}

import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from '../package-build/repository-root.ts';

/** A name that an importer, or whoever reads an answer, can meet. */
export interface PublicName {
  name: string;
  file: string;
}

/** An object type, with the names of its members that name a person and of those that are figures. */
export interface NamedFigures {
  type: string;
  file: string;
  persons: string[];
  figures: string[];
}

const personMember =
  /^(?:personId|personIds|person|people|displayName|login|author|authorName|authorLogin|assignee|reviewer|reviewerName|reviewerPersonId|committer|actor|contributor)$/;
/** What is a number and no measure of anybody: instants, places in an order, pages. */
const noFigure =
  /(?:At|Until|Ms)$|^(?:at|from|to|seq|revision|number|step|limit|offset|total|until|since|now|random|people)$/;
const zodObject = /^(?:object|strictObject|looseObject)$/;

/** Returns every source file of the packages that ships. */
export function shippedSources(): ts.SourceFile[] {
  return globSync('packages/*/src/**/*.ts', { cwd: repositoryRoot })
    .filter((file) => !/\.test\.ts$|\/testing\/|\/__fixtures__\/|\/corpus\//.test(file))
    .map((file) =>
      ts.createSourceFile(
        file,
        readFileSync(join(repositoryRoot, file), 'utf8'),
        ts.ScriptTarget.ESNext,
        true,
      ),
    );
}

/**
 * Returns what is exported anywhere, each member of an object type, each key of a schema, and each
 * word that a value can be. It is more than what the packages export, so nothing of that is missed.
 */
export function publicNames(sources: readonly ts.SourceFile[]): PublicName[] {
  return sources.flatMap((source) => {
    const found: PublicName[] = [];
    const note = (name: string): void => {
      found.push({ name, file: relative('.', source.fileName) });
    };
    const visit = (node: ts.Node): void => {
      for (const name of namesAt(node)) note(name);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Returns object types that name a person and hold a number beside it. */
export function namedFigures(sources: readonly ts.SourceFile[]): NamedFigures[] {
  return sources.flatMap((source) => {
    const found: NamedFigures[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) {
        const members = node.members.filter(ts.isPropertySignature);
        const persons = members.map(nameOf).filter((name) => personMember.test(name));
        const figures = members
          .filter((member) => /\bnumber\b/.test(member.type?.getText(source) ?? ''))
          .map(nameOf)
          .filter((name) => !noFigure.test(name));
        const name = typeName(node);
        if (name !== null && persons.length > 0 && figures.length > 0) {
          found.push({ type: name, file: source.fileName, persons, figures });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function namesAt(node: ts.Node): string[] {
  if (ts.isPropertySignature(node) || ts.isMethodSignature(node)) return [nameOf(node)];
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return [node.literal.text];
  if (isExported(node)) {
    if (ts.isVariableStatement(node)) {
      return node.declarationList.declarations.map(({ name }) => name.getText());
    }
    const { name } = node as ts.Node & { name?: ts.Identifier };
    return name === undefined ? [] : [name.text];
  }
  return ts.isCallExpression(node) ? schemaNames(node) : [];
}

/** The keys of `z.object({ … })`, and the words of `z.enum([ … ])`. */
function schemaNames({ expression, arguments: [first] }: ts.CallExpression): string[] {
  if (first === undefined || !ts.isPropertyAccessExpression(expression)) return [];
  if (zodObject.test(expression.name.text) && ts.isObjectLiteralExpression(first)) {
    return first.properties.flatMap(({ name }) =>
      name === undefined ? [] : [name.getText().replaceAll(/['"]/g, '')],
    );
  }
  if (expression.name.text !== 'enum' || !ts.isArrayLiteralExpression(first)) return [];
  return first.elements.filter(ts.isStringLiteral).map(({ text }) => text);
}

function nameOf({ name }: ts.PropertySignature | ts.MethodSignature): string {
  return name.getText().replaceAll(/['"]/g, '');
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

/** The name of an object type that is exported, by the types it stands in; null for one that is not. */
function typeName(node: ts.Node): string | null {
  const parts: string[] = [];
  let isOpen = false;
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isPropertySignature(at)) parts.unshift(nameOf(at));
    if (ts.isInterfaceDeclaration(at) || ts.isTypeAliasDeclaration(at)) {
      parts.unshift(at.name.text);
      isOpen ||= isExported(at);
    }
  }
  return isOpen ? parts.join('.') : null;
}

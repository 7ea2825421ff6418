/** Files of these kinds are documents where they lie in a folder of documents. */
const textFile = /\.(md|markdown|mdx|rst|txt|adoc|asciidoc)$/i;
const documentFolders =
  /(^|\/)(docs?|documentation|runbooks?|playbooks?|adrs?|decisions|rfcs?|handbook|wiki|guides?)\//i;
/** Files that are documents wherever they lie. */
const knownNames =
  /^(readme|contributing|architecture|security|runbook|onboarding|operations|support|governance|agents|maintainers|faq|changelog)(\.[a-z]+)?$/i;
const knownStart = /^adr[-_]?\d+/i;
/** What others wrote, or what is made. */
const leftOut =
  /(^|\/)(node_modules|vendor|third[-_]party|dist|build|__fixtures__|fixtures|\.git)\//i;

const longestPath = 500;

/** What is read as documents: as usual, or what matches one of these patterns. */
export type DocumentChoice = boolean | readonly string[];

/** Returns what tells whether a path is that of a document. */
export function createDocumentMatcher(choice: DocumentChoice): (path: string) => boolean {
  if (choice === false) return () => false;
  if (choice === true) return isUsualDocument;
  const expressions = choice.map(toExpression);
  return (path) => expressions.some((expression) => expression.test(path));
}

function isUsualDocument(path: string): boolean {
  if (leftOut.test(path)) return false;
  const name = path.split('/').at(-1) ?? '';
  if (knownNames.test(name)) return !name.includes('.') || textFile.test(name);
  return textFile.test(name) && (documentFolders.test(path) || knownStart.test(name));
}

/** `*` is any characters within a folder, `**` any folders, `?` is one character. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/^\//, '')
    .replace(/\*{3,}/g, '**')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\u0001')
    .replaceAll('**', '\u0002')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0001', '(?:[^/]+/)*')
    .replaceAll('\u0002', '.*');
  return new RegExp(`^${source}$`, 's');
}

/** Whether a path stays within its repository and can be shown: trees may hold anything as a name. */
export function isPlainPath(path: string): boolean {
  return (
    path !== '' &&
    path.length <= longestPath &&
    !path.startsWith('/') &&
    !/[\\\p{Cc}\uFFFD]/u.test(path) &&
    !path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')
  );
}

import { readTextBeside } from './read-text.ts';

// A build puts the files into the bundle in place of these calls (scripts/package-build/inline-text.ts).

/** The page's whole style. */
export const styleSheet = (): string => readTextBeside(import.meta.url, './page.css');

/** The page's whole script. */
export const pageScript = (): string => readTextBeside(import.meta.url, './page.js');

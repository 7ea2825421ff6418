import { readTextBeside } from './read-text.ts';

// A build puts the files into the bundle in place of these calls (scripts/package-build/inline-text.ts).

/** The style of every page: colours, letters, the frame, forms. */
export const styleSheet = (): string => readTextBeside(import.meta.url, './page.css');

/** The style of pages of figures: filters, figures, tables, notes. */
export const dashboardStyleSheet = (): string => readTextBeside(import.meta.url, './dashboard.css');

/** The style of the drawings. */
export const chartStyleSheet = (): string => readTextBeside(import.meta.url, './charts.css');

/** The script of every page: signing in and out, decisions. */
export const pageScript = (): string => readTextBeside(import.meta.url, './page.js');

/** The script of pages of figures; they are whole without it. */
export const dashboardScript = (): string => readTextBeside(import.meta.url, './dashboard.js');

/** The style of pages about what needs somebody: entries, small forms, print. */
export const peopleStyleSheet = (): string => readTextBeside(import.meta.url, './people.css');

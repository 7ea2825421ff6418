import process from 'node:process';
import { goldenFigures } from './golden-figures.ts';

// A program of its own, because a process reads its time zone when it starts.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
process.stdout.write(JSON.stringify({ zone, figures: await goldenFigures() }));

import { writeReportFolder } from '../../src/cli/reportFolder.ts';

/** A program: `writeReports.ts FOLDER TIMES` writes a small report into FOLDER again and again; ends with 1 when one cannot be written. */
const [, , folder = '', times = '1'] = process.argv;

for (let seed = 1; seed <= Number(times); seed += 1) {
  const results = JSON.stringify({ schemaVersion: 1, rollcast: '0', writer: process.pid, seed });
  const files = ['results.json', 'report.md'].map((file) => ({ file, content: () => [results] }));
  await writeReportFolder(folder, files, new AbortController().signal);
}

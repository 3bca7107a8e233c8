import type { Page } from './markdown.ts';
import type { Grid, Section, Tone } from './Section.ts';

/** A picture that stands in the page itself. */
export interface EmbeddedPicture {
  readonly name: string;
  /** PNG, base64. */
  readonly data: string;
}

/**
 * The page as one HTML file that works from disk: pictures embedded, no script, nothing fetched (its content policy forbids both). Names
 * are escaped, whatever they contain.
 */
export function html({ verdict, origin, sections, steps }: Page, pictures: readonly EmbeddedPicture[]): string {
  const next =
    steps.length === 0 ? [] : ['<h2>What to do next</h2>', `<ul>${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ul>`];
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Roll forecast: ${verdict.outcome}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1 class="${verdict.outcome}">${escapeHtml(verdict.sentence)}</h1>`,
    `<p class="origin">${escapeHtml(origin)}</p>`,
    ...next,
    ...pictures.map(({ name, data }) => `<img alt="Chart: ${escapeHtml(name)}" src="data:image/png;base64,${data}">`),
    ...sections.map(sectionHtml),
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function sectionHtml({ title, lead, table, note }: Section): string {
  return [
    `<h2>${escapeHtml(title)}</h2>`,
    ...(lead === undefined ? [] : [`<p>${escapeHtml(lead)}</p>`]),
    ...(table === undefined ? [] : [gridHtml(table)]),
    ...(note === undefined ? [] : [`<p class="note">${escapeHtml(note)}</p>`]),
  ].join('\n');
}

function gridHtml({ columns, rows }: Grid): string {
  const head = columns.map(({ name, align }) => `<th class="${align}">${escapeHtml(name)}</th>`).join('');
  const body = rows.map(
    ({ tone, cells }) =>
      `<tr>${cells.map((cell, index) => cellHtml(cell, columns[index]?.align ?? 'left', index === 0 ? tone : 'plain')).join('')}</tr>`,
  );
  return `<div class="table"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function cellHtml(text: string, align: 'left' | 'right', tone: Tone): string {
  return `<td class="${tone === 'plain' ? align : `${align} ${tone}`}">${escapeHtml(text)}</td>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = [
  'body{font:15px/1.5 system-ui,sans-serif;color:#1f2933;max-width:1080px;margin:2rem auto;padding:0 1rem}',
  'h1{font-size:1.35rem;line-height:1.35;padding-left:.8rem;border-left:.4rem solid}',
  'h1.holds{border-color:#009e73}h1.fails{border-color:#d55e00}h1.unknown{border-color:#9aa5b1}',
  'h2{font-size:1.1rem;margin:2rem 0 .4rem}',
  '.origin,.note{color:#52606d}',
  'img{max-width:100%;margin:.6rem 0}',
  '.table{overflow-x:auto}',
  'table{border-collapse:collapse;font-size:.9rem}',
  'th{color:#52606d;font-weight:600;text-align:left}',
  'th,td{padding:.25rem .9rem .25rem 0;vertical-align:top;border-bottom:1px solid #e4e7eb}',
  '.right{text-align:right;font-variant-numeric:tabular-nums}',
  '.good{color:#00724f}.bad{color:#b04a00;font-weight:600}.warning{color:#8a6100}',
].join('\n');

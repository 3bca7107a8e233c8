import { describe, expect, it } from 'vitest';
import { html } from '../../src/reports/html.ts';

const page = html(
  {
    verdict: { outcome: 'fails', sentence: 'It <b>fails</b> & "ends".' },
    origin: 'here',
    sections: [
      {
        title: 'Nodes',
        table: {
          columns: [{ name: 'node', align: 'left', weight: 'needed' }],
          rows: [{ tone: 'bad', cells: ['<script>alert(1)</script>'] }],
        },
      },
    ],
    steps: ['do this'],
  },
  [{ name: 'roll', data: 'AAAA' }],
);

describe('html', () => {
  it('keeps every name text', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('<td class="left bad">&lt;script&gt;alert(1)&lt;/script&gt;</td>');
    expect(page).toContain('<h1 class="fails">It &lt;b&gt;fails&lt;/b&gt; &amp; &quot;ends&quot;.</h1>');
  });

  it('has its pictures inside and fetches nothing', () => {
    expect(page).toContain('src="data:image/png;base64,AAAA"');
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
    expect(page).toContain("default-src 'none'");
  });

  it('says what to do next', () => {
    expect(page).toContain('<li>do this</li>');
  });
});

import { describe, expect, it } from 'vitest';
import { replaced } from '../../../lib/attack/catalogue.js';
import {
  replacedBy,
  technique,
  techniques,
  techniquesOf,
  techniquesOfRules,
  techniquesOfType,
} from '../../../lib/attack/index.js';
import { manifest } from '../../../lib/schema/manifest.js';

describe('catalogue', () => {
  it('is whole', () => {
    expect(techniques.size).toBeGreaterThan(650);
    for (const t of techniques.values()) {
      expect(t.id).toMatch(/^T1\d{3}(\.0\d{2})?$/);
      expect(t.name.length).toBeGreaterThan(1);
      expect(t.tactics.length).toBeGreaterThan(0);
      for (const tactic of t.tactics) expect(tactic).toMatch(/^[a-z-]{6,}$/);
    }
    expect(technique('T1059.004')).toEqual({
      id: 'T1059.004',
      name: 'Command and Scripting Interpreter: Unix Shell',
      tactics: ['execution'],
    });
    expect(technique('T1078')?.tactics).toEqual([
      'defense-evasion',
      'persistence',
      'privilege-escalation',
      'initial-access',
    ]);
  });

  it('has every row once, and replacements that exist', () => {
    const rows = replaced.trim().split('\n');
    expect(new Set(rows.map((r) => r.split(' ')[0])).size).toBe(rows.length);
    for (const row of rows) {
      const [old = '', now = ''] = row.split(' ');
      expect([old, techniques.has(old)]).toEqual([old, false]);
      expect([now, techniques.has(now)]).toEqual([now, true]);
    }
    expect(replacedBy('T1086')).toBe('T1059.001');
    expect(technique('T1086')?.id).toBe('T1059.001');
    expect(technique('T9999')).toBeUndefined();
  });
});

describe('techniques of an event', () => {
  it.each([
    ['TechniqueID=T1059.004,TechniqueName=Command and Scripting Interpreter: Unix Shell', ['T1059.004']],
    ['technique_id=T1086,technique_name=PowerShell', ['T1059.001']],
    ['T1037,T1484', ['T1037', 'T1484']],
    ['Alert: T1003.008; (T1003)', ['T1003.008', 'T1003']],
    ['XT1037 T10371 T1037.1234 T1037x', []],
    ['', []],
  ])('%s', (name, ids) => {
    expect(techniquesOfRules([name, name]).map((t) => t.id)).toEqual(ids);
  });

  it('takes the name that a rule gives for what is not known', () => {
    expect(techniquesOfRules(['technique_id=T1999.001,technique_name=Something New'])).toEqual([
      { id: 'T1999.001', name: 'Something New', tactics: [], source: 'rule' },
    ]);
  });

  it('adds what the type stands for', () => {
    expect(techniquesOf('ProcessCreate', ['x T1059.004', 'T1033']).map((t) => [t.id, t.source])).toEqual([
      ['T1059.004', 'rule'],
      ['T1033', 'rule'],
      ['T1059', 'event'],
    ]);
    expect(techniquesOf('ProcessCreate', ['T1059']).map((t) => t.source)).toEqual(['rule']);
    expect(techniquesOfType('ModuleLoad').map((t) => t.id)).toEqual(['T1547.006', 'T1014']);
    expect(techniquesOf('Error', [])).toEqual([]);
  });

  it('knows every type that can be filtered', () => {
    for (const e of manifest)
      if (e.default !== 'always') expect([e.type, techniquesOfType(e.type).length > 0]).toEqual([e.type, true]);
  });
});

import * as assert from 'uvu/assert'
import { expandTemplate } from '../../../kernel-lib/composition/template/evaluate.ts'
import { describe } from '../../suite.ts'
import { refusal } from './toy.ts'

const files: Readonly<Record<string, string>> = {
  './r.toml': 'name = "r"\nversions = [{ id = "a", n = 1 }, { id = "b", n = 2 }]\n[master]\nid = "m"\n',
}
const resource = (path: string): string => {
  const text = files[path]
  if (text === undefined) throw new Error(`no such file ${path}`)
  return text
}
const env = { N: '3', LIST: 'x,y', EMPTY: '' }
const expand = (text: string): string => expandTemplate(text, 't.toml', { env, resource }).text
const refused = (text: string): string => refusal(() => expand(text))

describe('a template', (test) => {
  test('prints values where they stand and leaves the rest alone', () => {
    assert.is(expand('count = {{ .Env.N }} # {not} an } action\n'), 'count = 3 # {not} an } action\n')
    assert.is(
      expand('{{ 12 }} {{ -1.5 }} {{ true }} {{ "a\\tb" }} {{ `raw\\` }} {{ split "a,b" }}'),
      '12 -1.5 true a\tb raw\\ [a b]',
    )
    assert.is(expand('{{ pick (load_resource "./r.toml") "name" }}'), 'map[name:r]')
  })

  test('trims white space at markers and drops comments', () => {
    assert.is(expand('a \n {{- 1 -}} \n b{{/* note {{ */}}c {{- /* note */ -}} d'), 'a1bcd')
    assert.is(expand('{{ 3 }}-{{ -3 }}'), '3--3')
  })

  test('ranges over lists, tables and nothing, with variables, break and continue', () => {
    assert.is(expand('{{ range $i, $x := split .Env.LIST }}{{ $i }}={{ $x }}{{ $.Env.N }};{{ end }}'), '0=x3;1=y3;')
    assert.is(
      expand(
        '{{ range split "1,2,3,4" }}{{ if eq . "2" }}{{ continue }}{{ end }}{{ if eq . "4" }}{{ break }}{{ end }}{{ . }}{{ end }}',
      ),
      '13',
    )
    assert.is(expand('{{ range .Env.NONE }}x{{ else }}none{{ end }}'), 'none')
    assert.is(expand('{{ range $k, $v := .Env }}{{ $k }}{{ end }}'), 'EMPTYLISTN')
  })

  test('chooses by if, else if, with and else', () => {
    const by = (n: string): string => expand(`{{ if eq ${n} 1 }}one{{ else if gt ${n} 5 }}many{{ else }}few{{ end }}`)
    assert.equal([by('1'), by('9'), by('3')], ['one', 'many', 'few'])
    assert.is(expand('{{ with .Env.N }}{{ . }}{{ end }}{{ with .Env.EMPTY }}x{{ else }}{{ .Env.N }}{{ end }}'), '33')
    assert.is(expand('{{ if and .Env.N (not .Env.NONE) }}y{{ end }}{{ or .Env.NONE "z" }}'), 'yz')
  })

  test('keeps a variable that is set inside a block', () => {
    assert.is(expand('{{ $n := 1 }}{{ range split "a,b" }}{{ $n = . }}{{ end }}{{ $n }}'), 'b')
    assert.is(expand('{{ $n := 1 }}{{ if true }}{{ $n := 2 }}{{ end }}{{ $n }}'), '1')
  })

  test('defines, includes and forwards the environment', () => {
    assert.is(
      expand(
        '{{ define "t" }}{{ .id }}{{ $.Env.N }} {{ end }}{{ with load_resource "./r.toml" }}{{ range .versions }}{{ template "t" (withEnv .) }}{{ end }}{{ end }}',
      ),
      'a3 b3 ',
    )
    assert.is(expand('{{ block "b" .Env }}[{{ .N }}]{{ end }}'), '[3]')
  })

  test('takes from loaded files with index, pick, toml and pipes', () => {
    assert.is(
      expand('{{ with (load_resource "./r.toml") }}{{ (index .versions (atoi "1")).id }} {{ len .versions }}{{ end }}'),
      'b 2',
    )
    assert.is(expand('{{ (pick (load_resource "./r.toml") "name") | toml }}'), 'name = "r"\n')
    assert.is(expand('{{ index .Env "NONE" }}|{{ index .Env "N" | printf "%03s %q" "a" }}'), '|00a "3"')
    assert.is(expand('{{ printf "%d%% %5.1f|%-4v|" 7 2.25 "x" }}'), '7%   2.3|x   |')
  })

  test('says what was asked for and is not set', () => {
    const { text, warnings } = expandTemplate('a\nb = "{{ .Env.NONE }}"', 't.toml', { env, resource })
    assert.is(text, 'a\nb = "<no value>"')
    assert.equal(warnings, ['t.toml:2: template: {{ .Env.NONE }}: is not set, printed as <no value>'])
  })
})

describe('a template is refused', (test) => {
  test('with its line and the construct', () => {
    assert.is(refused('a\n\n{{ if .Env.N }}x'), 't.toml:3: template: {{ if .Env.N }}: is never closed; write {{ end }}')
    assert.is(refused('a {{ end }}'), 't.toml:1: template: {{ end }}: nothing is open here; remove it')
    assert.is(refused('\n{{ .Env.N'), 't.toml:2: template: an action is never closed; write }}')
    assert.is(refused('{{ .Env.N & 3 }}'), 't.toml:1: template: {{ .Env.N &: "&" has no place in an action')
    assert.is(
      refused('{{ (index .Env "N" }}'),
      't.toml:1: template: {{ (index .Env "N" }}: a parenthesis is never closed; write )',
    )
    assert.is(refused('{{ }}'), 't.toml:1: template: {{ }}: is empty; write a value in it')
    assert.is(
      refused('{{ .Env.N "x" }}'),
      `t.toml:1: template: {{ .Env.N "x" }}: "x" follows a value that takes no arguments`,
    )
  })

  test('for functions and templates that are not there', () => {
    assert.match(
      refused('{{ urlquery "x" }}'),
      '{{ urlquery "x" }}: function urlquery is not supported; there are not, len, index',
    )
    assert.match(refused('{{ pritnf "x" }}'), 'did you mean printf?')
    assert.match(refused('{{ define "tea" }}{{ end }}{{ template "ta" . }}'), 'no template "ta"; did you mean tea?')
    assert.match(
      refused('{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}'),
      'include each other more than 100 deep',
    )
    assert.match(refused('{{ $x }}'), '$x is not declared')
  })

  test('for values that do not fit', () => {
    assert.match(refused('{{ index (split "a") 3 }}'), 'index: 3 is out of range; the list has 1')
    assert.match(refused('{{ atoi "x" }}'), 'atoi: takes a whole number, not "x"')
    assert.match(refused('{{ split .Env.NONE }}'), 'split: takes text, and the value is not set')
    assert.match(refused('{{ eq .Env.N 3 }}'), 'eq: cannot compare "3" with 3; both must be text or both numbers')
    assert.match(
      refused('{{ range .Env.N }}{{ end }}'),
      'range takes a list or a table, not 3; for text write range split',
    )
    assert.match(refused('{{ load_resource "./none.toml" }}'), 'load_resource: no such file ./none.toml')
    assert.match(refused('{{ printf "%d" "x" }}'), '%d is not supported')
    assert.match(refused('{{ .Env.N.M }}'), '3 has no field .M')
  })
})

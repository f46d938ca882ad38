// The filter as rules: react-querybuilder over the fields of the book, with what is wrong at each rule.

import { createContext, useContext, useMemo } from "react";
import {
  QueryBuilder,
  Rule,
  RuleGroup,
  type RuleGroupProps,
  type RuleGroupType,
  type RuleProps,
  type Translations,
} from "react-querybuilder";
import type { BuilderField, DefinitionsAnswer, Problem, QueryTree } from "../../shared/api.ts";
import { Cross } from "../parts/icons.tsx";
import { Told } from "../parts/field.tsx";
import { useWords } from "../words/context.tsx";
import type { Words } from "../words/en.ts";
import { fieldGroups } from "./fields.ts";
import { Selector } from "./selector.tsx";
import { ValueEditor } from "./value-editor.tsx";
import { fitted } from "./values.ts";

interface BuilderProps {
  definitions: DefinitionsAnswer;
  tree: QueryTree;
  problems: Problem[];
  onBuild: (tree: QueryTree) => void;
}

const ProblemsContext = createContext<Problem[]>([]);

export function Builder({ definitions, tree, problems, onBuild }: BuilderProps) {
  const words = useWords();
  const { builder, fields } = definitions;
  const groups = useMemo(() => fieldGroups(words, builder, fields, tree), [words, builder, fields, tree]);
  const translations = useMemo(() => translated(words), [words]);
  const combinators = useMemo(
    () => [
      { name: "and", label: words.filter.and },
      { name: "or", label: words.filter.or },
    ],
    [words],
  );
  const build = (query: RuleGroupType) => {
    const all = groups.flatMap(({ options }) => options);
    onBuild(fitted(query as unknown as QueryTree, (name) => all.find((field) => field.name === name)));
  };
  return (
    <ProblemsContext value={problems}>
      <QueryBuilder
        fields={groups as never}
        combinators={combinators}
        query={tree as unknown as RuleGroupType}
        onQueryChange={build}
        getDefaultField="status"
        getOperators={(_name, { fieldData }) => (fieldData as unknown as BuilderField).operators as never}
        showNotToggle
        enableMountQueryChange={false}
        suppressStandardClassnames={false}
        controlElements={CONTROLS}
        translations={translations}
      />
    </ProblemsContext>
  );
}

const CONTROLS = { valueSelector: Selector, valueEditor: ValueEditor, rule: MarkedRule, ruleGroup: MarkedGroup };

function MarkedRule(props: RuleProps) {
  const problems = useProblemsAt(pointer(props.path), true);
  return (
    <div className={problems.length > 0 ? "marked-rule wrong" : "marked-rule"}>
      <Rule {...props} />
      <Problems problems={problems} />
    </div>
  );
}

function MarkedGroup(props: RuleGroupProps) {
  const problems = useProblemsAt(pointer(props.path), false);
  return (
    <div className={problems.length > 0 ? "marked-group wrong" : "marked-group"}>
      <RuleGroup {...props} />
      <Problems problems={problems} />
    </div>
  );
}

function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <ul className="told problems">
        {problems.map((problem, index) => (
          <li key={index}>
            <Told problem={problem} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The JSON Pointer of a group or rule in the tree. */
function pointer(path: readonly number[]): string {
  return path.map((index) => `/rules/${index}`).join("");
}

/** The problems of a rule, wherever in it they are; of a group, those that are of none of its members. */
function useProblemsAt(at: string, isRule: boolean): Problem[] {
  return useContext(ProblemsContext).filter(({ pointer }) => {
    if (pointer === null) return at === "";
    if (!pointer.startsWith(at)) return false;
    const rest = pointer.slice(at.length);
    return isRule ? rest === "" || rest.startsWith("/") : !/^\/rules\/\d+/.test(rest) && (rest === "" || rest.startsWith("/"));
  });
}

/** A sign with a name, which is what the button is called. */
function Removing({ name }: { name: string }) {
  return (
    <>
      <Cross />
      <span className="hidden">{name}</span>
    </>
  );
}

function translated({ filter }: Words): Partial<Translations> {
  return {
    fields: { title: filter.field, placeholderLabel: filter.nothingChosen, placeholderGroupLabel: filter.nothingChosen, placeholderName: "~" },
    operators: { title: filter.operator, placeholderLabel: filter.nothingChosen, placeholderGroupLabel: filter.nothingChosen, placeholderName: "~" },
    value: { title: filter.value },
    combinators: { title: filter.combinator },
    notToggle: { label: filter.not, title: filter.not },
    addRule: { label: filter.addRule, title: filter.addRule },
    addGroup: { label: filter.addGroup, title: filter.addGroup },
    removeRule: { label: <Removing name={filter.remove} />, title: filter.remove },
    removeGroup: { label: <Removing name={filter.removeGroup} />, title: filter.removeGroup },
  };
}

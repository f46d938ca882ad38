// The selects for fields, operators and combinators: each has a name, and its choices may be in groups.

import type { VersatileSelectorProps } from "react-querybuilder";

interface Option {
  name: string;
  label: string;
}
type Options = (Option | { label: string; options: Option[] })[];

export function Selector({ className, title, value, options, handleOnChange }: VersatileSelectorProps) {
  return (
    <select className={className} aria-label={title} value={value} onChange={({ target }) => handleOnChange(target.value)}>
      {(options as unknown as Options).map((option) =>
        "options" in option ? (
          <optgroup key={option.label} label={option.label}>
            {option.options.map(choice)}
          </optgroup>
        ) : (
          choice(option)
        ),
      )}
    </select>
  );
}

function choice({ name, label }: Option) {
  return (
    <option key={name} value={name}>
      {label}
    </option>
  );
}

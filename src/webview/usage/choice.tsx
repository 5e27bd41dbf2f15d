interface ChoiceProps<Value extends string> {
  /** Read aloud with each of them. */
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [Value, label: string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A few things of which one holds, side by side. */
export function Choice<Value extends string>({ label, name, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset class="choice" data-testid={`choose-${name}`}>
      <legend class="for-screen-reader">{label}</legend>
      {options.map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => onChange(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

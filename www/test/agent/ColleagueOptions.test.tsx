// Who can be chosen: a conversation is not given to somebody who is away, but they may be asked.
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ColleagueOptions } from "../../src/agent/handOver/ColleagueOptions";

it("offers somebody who is away only where they are asked", () => {
  const agents = [
    { id: "opr_here", name: "Ben", isHere: true, isAway: false, active: 1 },
    { id: "opr_away", name: "Ida", isHere: true, isAway: true, active: 0 },
    { id: "opr_gone", name: "Gus", isHere: false, isAway: false, active: 0 },
  ];
  const isDisabled = () => screen.getAllByRole<HTMLOptionElement>("option").map(({ disabled }) => disabled);
  const { rerender } = render(
    <select>
      <ColleagueOptions agents={agents} />
    </select>,
  );
  expect(isDisabled()).toEqual([false, true, true]);
  rerender(
    <select>
      <ColleagueOptions agents={agents} prefix="agent " alsoAway />
    </select>,
  );
  expect(isDisabled()).toEqual([false, false, true]);
  expect(screen.getAllByRole<HTMLOptionElement>("option")[1]?.value).toBe("agent opr_away");
});

-- How many steps that the engine waits for with one visit of an element may be in the queue at once; empty: all.
alter table run_step add at_once integer;

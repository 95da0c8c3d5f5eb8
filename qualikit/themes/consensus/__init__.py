"""Consensus and dissensus: who agrees, who does not, who says nothing, theme by theme and group by group."""

"""Drills: the real processes on real databases, killed, cut off and filled up. This folder mirrors no other."""

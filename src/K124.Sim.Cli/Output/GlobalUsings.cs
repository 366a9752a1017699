global using Amounts = K124.Sim.Reports.Amounts;
